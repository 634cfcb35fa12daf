package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.application.wire.HandshakeRecordCodec;
import proteus.bootstrap.interop.ProteusNode.Setup;
import proteus.domain.peer.PeerMessage;

/** Who refuses whom over libp2p because there is no room, and how. */
@WithRealNode
final class GatewayRefusalsByLimitsTest {

    private static final List<Carrier> CARRIERS = GatewayConnectingTest.CARRIERS;

    /** Less than the real node waits before it tries to connect again. */
    private static final Duration A_WHILE = Duration.ofSeconds(10);

    private final RealPrograms programs = RealPrograms.current();

    @TempDir
    private Path directory;

    @Test
    void overLibp2pAFullNodeSaysSoAndKeepsTheConnection(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode real = RealNode.start(programs, directory.resolve("real"), "--max-num-peers", "1");
                ProteusNode proteus =
                        ProteusNode.start(directory.resolve("proteus"), Setup.OPEN_LIBP2P.withPlaces(1, 100));
                GatewayHost first = GatewayHost.speaking(GatewayForm.V2);
                GatewayPeer withReal = connected(first, real.endpoint(Carrier.LIBP2P_TCP));
                GatewayPeer withProteus = connected(first, proteus.endpoint(Carrier.LIBP2P_TCP));
                GatewayHost other = GatewayHost.speaking(GatewayForm.V2);
                GatewayHost old = GatewayHost.speaking(GatewayForm.V1)) {
            for (Carrier carrier : CARRIERS) {
                for (GatewayHost host : List.of(other, old)) {
                    assertThat(refused(host, real.endpoint(carrier))).isEqualTo(FULL);
                    assertThat(refused(host, proteus.endpoint(carrier))).isEqualTo(FULL);
                }
            }
            assertThat(withReal.isConnected() && withProteus.isConnected()).isTrue();
            seen.says(
                    "with one place taken, either sends ConnectionStatus(Refused(MaxPeerNumberExceeded)) in the form that "
                            + "the gateway was opened with, over tcp and quic, ends the stream, and still answers pings");
        }
    }

    private static final String FULL =
            "ConnectionStatus[status=Refused[reason=MaxPeerNumberExceeded[]]], the stream ends, a ping is answered";

    private static GatewayPeer connected(GatewayHost host, PeerEndpoint target) throws IOException {
        GatewayPeer peer = host.dial(target);
        peer.shakeHands(Handshakes.fresh());
        // Its answer shows that the peer is in the table.
        peer.send(new PeerMessage.PeerListRequest());
        peer.read();
        return peer;
    }

    private static String refused(GatewayHost host, PeerEndpoint target) throws IOException {
        try (GatewayPeer peer = host.dial(target)) {
            peer.shakeHands(Handshakes.fresh());
            String said = peer.read().toString();
            peer.endOutput();
            String end = peer.readFrame().isEmpty() ? ", the stream ends" : ", more comes";
            peer.ping();
            return said + end + ", a ping is answered";
        }
    }

    /** Takes a minute: so long does either keep a connection without a session. */
    @Test
    void overLibp2pARefusedConnectionStaysAsLongAsUnusedOnesDo(Seen seen) throws Exception {
        seen.with(programs, "neptune-core");
        try (RealNode real = RealNode.start(programs, directory.resolve("real"), "--max-num-peers", "1");
                ProteusNode proteus =
                        ProteusNode.start(directory.resolve("proteus"), Setup.OPEN_LIBP2P.withPlaces(1, 100));
                GatewayHost first = GatewayHost.speaking(GatewayForm.V2);
                GatewayPeer withReal = connected(first, real.endpoint(Carrier.LIBP2P_TCP));
                GatewayPeer withProteus = connected(first, proteus.endpoint(Carrier.LIBP2P_TCP));
                GatewayHost other = GatewayHost.speaking(GatewayForm.V2);
                GatewayPeer byReal = other.dial(real.endpoint(Carrier.LIBP2P_TCP));
                GatewayPeer byProteus = other.dial(proteus.endpoint(Carrier.LIBP2P_TCP))) {
            long began = System.nanoTime();
            List<Duration> stayed = new ArrayList<>();
            for (GatewayPeer refused : List.of(byReal, byProteus)) {
                refused.shakeHands(Handshakes.fresh());
                refused.read();
                refused.endOutput();
            }
            for (GatewayPeer refused : List.of(byReal, byProteus)) {
                stayed.add(Duration.ofNanos(refused.closedAt().get(3, TimeUnit.MINUTES) - began));
            }
            assertThat(stayed)
                    .allMatch(time -> time.compareTo(Duration.ofSeconds(59)) > 0)
                    .allMatch(time -> time.compareTo(Duration.ofSeconds(70)) < 0);
            assertThat(withReal.isConnected() && withProteus.isConnected()).isTrue();
            seen.says("a peer without a place stays connected for "
                    + stayed.getFirst().toSeconds() + " s with the real node and for "
                    + stayed.getLast().toSeconds() + " s with Proteus");
        }
    }

    @Test
    void overLibp2pAFullRealNodeAndAFullProteusRefuseEachOther(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        for (Carrier carrier : CARRIERS) {
            try (LogCapture log = new LogCapture();
                    RealNode real =
                            RealNode.start(programs, directory.resolve("real" + carrier), "--max-num-peers", "1");
                    GatewayHost first = GatewayHost.speaking(GatewayForm.V2);
                    GatewayPeer withReal = connected(first, real.endpoint(carrier));
                    ProteusNode refused = ProteusNode.start(
                            directory.resolve("refused" + carrier),
                            Setup.OPEN_LIBP2P.dialling(GatewayConnectingTest.target(real.endpoint(carrier))))) {
                log.await("PEER_REFUSED (MaxPeerNumberExceeded[])");
                assertThat(refused.node().peers()).isEmpty();
                assertThat(real.cli().peers()).hasSize(1);
                assertThat(withReal.isConnected()).isTrue();
            }
            try (RealNode real = RealNode.start(programs, directory.resolve("dials" + carrier));
                    ProteusNode full = ProteusNode.start(
                            directory.resolve("full" + carrier), Setup.OPEN_LIBP2P.withPlaces(1, 100));
                    GatewayHost first = GatewayHost.speaking(GatewayForm.V2);
                    GatewayPeer withProteus = connected(first, full.endpoint(carrier))) {
                real.cli().run("dial", full.endpoint(carrier).toMultiaddress());
                Eventually.until(
                        "the real node says that it was refused",
                        real::logSinceStart,
                        log -> log.contains("peer refused the connection: MaxPeerNumberExceeded"));
                Eventually.always("its connection stays", A_WHILE, real.cli()::connections, count -> count == 1);
                assertThat(real.logSinceStart()).doesNotContainPattern("Connection to peer \\w+ closed");
                assertThat(full.node().peers()).hasSize(1);
                assertThat(real.cli().punishedPeers()).isEmpty();
                assertThat(withProteus.isConnected()).isTrue();
            }
        }
        seen.says(
                "tcp and quic: Proteus logs \"disconnected after 0 s: PEER_REFUSED (MaxPeerNumberExceeded[])\", the real "
                        + "node \"peer refused the connection: MaxPeerNumberExceeded\", and its network-overview counts one connection for "
                        + A_WHILE.toSeconds() + " s");
    }

    @Test
    void overLibp2pOneAddressGetsAsManyConnectionsAndAttemptsAsAreAllowed(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        for (List<Carrier> carriers : List.of(CARRIERS, CARRIERS.reversed())) {
            try (RealNode real = RealNode.start(programs, directory.resolve("real" + carriers));
                    ProteusNode proteus = ProteusNode.start(
                            directory.resolve("proteus" + carriers), Setup.OPEN_LIBP2P.withUsualLimits())) {
                List<String> ofReal =
                        attempts(carriers.stream().map(real::endpoint).toList(), real.cli()::peers);
                List<String> ofProteus =
                        attempts(carriers.stream().map(proteus::endpoint).toList(), proteus.node()::peers);

                assertThat(ofReal).isEqualTo(outcomes("turned away"));
                boolean overQuic = carriers.getFirst() == Carrier.LIBP2P_QUIC;
                assertThat(ofProteus).isEqualTo(outcomes(overQuic ? "no answer" : "turned away"));
            }
        }
        seen.says(
                "with the limits that either has by default: 127.0.0.1 gets four connections, by turns over tcp and quic, "
                        + "and the fifth is turned away; when they are closed a sixth is taken, and a seventh within the minute is "
                        + "not; the fifth to the seventh over tcp, and with other nodes over quic, where Proteus does not answer");
    }

    private static List<String> outcomes(String refusal) {
        return List.of(
                "1: connected",
                "2: connected",
                "3: connected",
                "4: connected",
                "5: " + refusal,
                "6, when all others are closed: connected",
                "7: " + refusal);
    }

    /** By turns to the two addresses of a node, the last two to the first. */
    private static <T> List<String> attempts(List<PeerEndpoint> targets, Eventually.Question<List<T>> peers)
            throws Exception {
        List<String> outcomes = new ArrayList<>();
        List<GatewayHost> hosts = new ArrayList<>();
        try {
            for (int i = 1; i <= 5; i++) {
                GatewayHost host = GatewayHost.speaking(GatewayForm.V2);
                hosts.add(host);
                outcomes.add(i + ": " + attempt(host, targets.get((i - 1) % 2)));
            }
        } finally {
            hosts.forEach(GatewayHost::close);
        }
        Eventually.until("all have left", peers, List::isEmpty);
        try (GatewayHost sixth = GatewayHost.speaking(GatewayForm.V2)) {
            outcomes.add("6, when all others are closed: " + attempt(sixth, targets.getFirst()));
        }
        try (GatewayHost seventh = GatewayHost.speaking(GatewayForm.V2)) {
            outcomes.add("7: " + attempt(seventh, targets.getFirst()));
        }
        return outcomes;
    }

    /** Whoever is turned away hears so at any step, by the end of the connection, or nobody answers at all. */
    private static String attempt(GatewayHost host, PeerEndpoint target) {
        try {
            Optional<GatewayPeer> dialled = host.dialUnlessIgnored(target);
            if (dialled.isEmpty()) {
                return "no answer";
            }
            GatewayPeer peer = dialled.get();
            peer.sendFrame(HandshakeRecordCodec.encode(Handshakes.fresh()));
            peer.send(new PeerMessage.PeerListRequest());
            boolean answers = peer.readFrame().isPresent() && peer.readFrame().isPresent();
            return answers ? "connected" : "turned away";
        } catch (IOException turnedAway) {
            return "turned away";
        }
    }
}
