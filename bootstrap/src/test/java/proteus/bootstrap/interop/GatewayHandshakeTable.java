package proteus.bootstrap.interop;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import proteus.application.port.PeerEndpoint;
import proteus.application.wire.HandshakeRecordCodec;
import proteus.domain.network.Network;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerMessage;

/** Tries all kinds of records on one node over libp2p, each as somebody else, and notes what came of it. */
final class GatewayHandshakeTable {

    private static final String NO_PEERS = "PeerListResponse[peers=[]]";
    private static final String SESSION = "a session";

    private final PeerEndpoint target;
    private final Map<String, String> outcomes = new LinkedHashMap<>();

    private GatewayHandshakeTable(PeerEndpoint target) {
        this.target = target;
    }

    /** Tries them on the listener at {@code target}, a node on regtest with places for more than one peer. */
    static List<String> of(PeerEndpoint target) throws IOException {
        GatewayHandshakeTable table = new GatewayHandshakeTable(target);
        table.versions();
        table.clocks();
        table.networks();
        table.identities();
        table.noRecords();
        List<String> lines = new ArrayList<>();
        table.outcomes.forEach((name, outcome) -> lines.add(name + ": " + outcome));
        return lines;
    }

    private void versions() throws IOException {
        for (String version : Handshakes.VERSIONS) {
            attempt("version \"" + version + "\"", own -> Handshakes.withVersion(own, version));
        }
    }

    private void clocks() throws IOException {
        for (int seconds : Handshakes.SECONDS_AHEAD) {
            attempt("clock " + seconds + " s ahead", own -> Handshakes.withClock(own, Duration.ofSeconds(seconds)));
        }
    }

    private void networks() throws IOException {
        for (Network network : Handshakes.NETWORKS) {
            attempt("network " + network.id(), own -> Handshakes.withNetwork(own, network));
        }
    }

    private void identities() throws IOException {
        HandshakeData first = Handshakes.fresh();
        try (GatewayHost host = GatewayHost.speaking(GatewayForm.V2);
                GatewayPeer connected = host.dial(target)) {
            HandshakeData theirs = connected.shakeHands(first);
            // Its answer shows that the peer is in the table.
            connected.send(new PeerMessage.PeerListRequest());
            connected.read();
            attempt("the instance id of a connected peer", own -> Handshakes.withInstanceId(own, first.instanceId()));
            attempt("the listener's own instance id", own -> Handshakes.withInstanceId(own, theirs.instanceId()));
            outcomes.put("another connection of a connected peer", again(host));
        }
    }

    private String again(GatewayHost connected) {
        try (GatewayPeer second = connected.dial(target)) {
            return outcome(second, HandshakeRecordCodec.encode(Handshakes.fresh()));
        } catch (IOException denied) {
            return "closed";
        }
    }

    private void noRecords() throws IOException {
        byte[] record = HandshakeRecordCodec.encode(Handshakes.fresh());
        raw("a record and a byte", Arrays.copyOf(record, record.length + 1));
        raw("a record in 512 KiB", Arrays.copyOf(record, HandshakeRecordCodec.MAX_BYTES));
        raw("a record in 512 KiB and a byte", Arrays.copyOf(record, HandshakeRecordCodec.MAX_BYTES + 1));
        raw("a record without its last byte", Arrays.copyOf(record, record.length - 1));
        raw("an empty record", new byte[0]);
        raw("zeros", new byte[record.length]);
        raw("a message", GatewayForm.V2.encoding().encode(new PeerMessage.PeerListRequest()));
    }

    private void attempt(String name, UnaryOperator<HandshakeData> change) throws IOException {
        raw(name, HandshakeRecordCodec.encode(change.apply(Handshakes.fresh())));
    }

    private void raw(String name, byte[] record) throws IOException {
        try (GatewayHost host = GatewayHost.speaking(GatewayForm.V2);
                GatewayPeer peer = host.dial(target)) {
            outcomes.put(name, outcome(peer, record));
        }
    }

    /** What comes behind the other's record, which a close may overtake. */
    private static String outcome(GatewayPeer peer, byte[] record) throws IOException {
        try {
            peer.sendFrame(record);
            peer.send(new PeerMessage.PeerListRequest());
        } catch (IOException closed) {
            // The listener wanted nothing of it; what it said before can still be read.
        }
        if (peer.readFrame().isEmpty()) {
            return "closed";
        }
        List<String> said = Answers.until(peer, NO_PEERS);
        return said.equals(List.of(NO_PEERS)) ? SESSION : said.isEmpty() ? "closed" : String.join(", ", said);
    }
}
