package proteus.bootstrap.interop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.network.Network;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.MagicValue;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerMessage;

/** Tries all kinds of handshakes on one node, each from another IP, and notes what came of it. */
final class HandshakeTable {

    private final PeerAddress address;
    private final Map<String, String> outcomes = new LinkedHashMap<>();

    private HandshakeTable(PeerAddress address) {
        this.address = address;
    }

    /** Tries them on the listener at {@code address}, a node on regtest with places for more than one peer. */
    static List<String> of(PeerAddress address) throws IOException {
        HandshakeTable table = new HandshakeTable(address);
        table.versions();
        table.clocks();
        table.networks();
        table.identities();
        table.noHandshakes();
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
        try (TestPeer connected = dial()) {
            HandshakeData theirs = connected.shakeHands(first);
            // Its answer shows that the peer is in the table.
            connected.send(new PeerMessage.PeerListRequest());
            connected.read();
            attempt("the instance id of a connected peer", own -> Handshakes.withInstanceId(own, first.instanceId()));
            attempt("the listener's own instance id", own -> Handshakes.withInstanceId(own, theirs.instanceId()));
            attempt(
                    "the listener's own instance id and version 0.16.0",
                    own -> Handshakes.withVersion(Handshakes.withInstanceId(own, theirs.instanceId()), "0.16.0"));
        }
    }

    private void noHandshakes() throws IOException {
        raw("a Bye", "13");
        raw("a peer list request", "11");
        raw("an empty frame", "");
        raw("kind 33", "21");
        byte[] answer = PeerMessageCodec.encode(new PeerMessage.Handshake(MagicValue.RESPONSE, Handshakes.fresh()));
        raw("the magic of a listener", HexFormat.of().formatHex(answer));
        byte[] request = PeerMessageCodec.encode(new PeerMessage.Handshake(MagicValue.REQUEST, Handshakes.fresh()));
        raw("a handshake and a byte", HexFormat.of().formatHex(request) + "00");
        bytes("a TLS greeting", HexFormat.of().parseHex("1603010200010001fc0303"));
        bytes(
                "an HTTP request",
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        bytes("a frame of 64 KiB and a byte", HexFormat.of().parseHex("0001000100"));
    }

    private void attempt(String name, UnaryOperator<HandshakeData> change) throws IOException {
        try (TestPeer peer = dial()) {
            outcomes.put(name, HandshakeAttempt.of(peer, change.apply(Handshakes.fresh())));
        }
    }

    private void raw(String name, String payload) throws IOException {
        byte[] frame = HexFormat.of().parseHex(payload);
        bytes(
                name,
                ByteBuffer.allocate(4 + frame.length)
                        .putInt(frame.length)
                        .put(frame)
                        .array());
    }

    private void bytes(String name, byte[] bytes) throws IOException {
        try (TestPeer peer = dial()) {
            outcomes.put(name, HandshakeAttempt.of(peer, bytes));
        }
    }

    private TestPeer dial() throws IOException {
        return TestPeer.dialFrom("127.2.0." + (1 + outcomes.size()), address);
    }
}
