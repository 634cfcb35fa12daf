package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.node.Node;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.bootstrap.interop.ProteusNode.Setup;
import proteus.domain.network.Network;
import proteus.domain.peer.PeerMessage;

/** Who refuses whom over libp2p, and how. */
@WithRealNode
final class GatewayRefusalsTest {

    private static final Path OUTPUT = Path.of("target", "interop");

    /** Upstream's flags for no limit worth mentioning. */
    private static final String[] NO_LIMITS = {
        "--max-num-peers",
        "100",
        "--max-connections-per-ip",
        "100",
        "--max-connections-per-prefix",
        "100",
        "--max-connection-attempts-per-ip-per-minute",
        "1000"
    };

    private final RealPrograms programs = RealPrograms.current();

    @TempDir
    private Path directory;

    @Test
    void overLibp2pTheRealNodeAndProteusTakeAndRefuseTheSameRecords(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode real = RealNode.start(programs, directory.resolve("real"), NO_LIMITS);
                ProteusNode proteus = ProteusNode.start(directory.resolve("proteus"), Setup.OPEN_LIBP2P)) {
            List<String> ofReal = new ArrayList<>();
            List<String> ofProteus = new ArrayList<>();
            for (Carrier carrier : GatewayConnectingTest.CARRIERS) {
                ofReal.addAll(GatewayHandshakeTable.of(real.endpoint(carrier)));
                ofProteus.addAll(GatewayHandshakeTable.of(proteus.endpoint(carrier)));
            }
            Files.createDirectories(OUTPUT);
            Files.write(OUTPUT.resolve("gateway-handshakes-real.txt"), ofReal);
            Files.write(OUTPUT.resolve("gateway-handshakes-proteus.txt"), ofProteus);

            assertThat(ofReal)
                    .contains(
                            "version \"0.16.0\": closed",
                            "version \"0.18.0\": a session",
                            "clock 92 s ahead: closed",
                            "clock 88 s ahead: a session",
                            "network main: closed",
                            "the instance id of a connected peer: closed",
                            "the listener's own instance id: closed",
                            "another connection of a connected peer: closed");
            assertThat(ofProteus).containsExactlyElementsOf(ofReal);
            assertThat(real.cli().punishedPeers()).isEmpty();
            assertThat(proteus.cli(programs).punishedPeers()).isEmpty();
            seen.says(
                    ofReal.size() / 2
                            + " records over tcp and over quic, each tried on both: the same of them lead to a "
                            + "session, and for all others both close the connection and say nothing; nobody is punished for it");
        }
    }

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
            for (Carrier carrier : GatewayConnectingTest.CARRIERS) {
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
        for (Carrier carrier : GatewayConnectingTest.CARRIERS) {
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
                assertThat(real.logSinceStart()).doesNotContainPattern("Connection to peer \\w+ closed");
                assertThat(full.node().peers()).hasSize(1);
                assertThat(real.cli().punishedPeers()).isEmpty();
                assertThat(withProteus.isConnected()).isTrue();
            }
        }
        seen.says(
                "tcp and quic: Proteus logs \"disconnected after 0 s: PEER_REFUSED (MaxPeerNumberExceeded[])\", the real "
                        + "node \"peer refused the connection: MaxPeerNumberExceeded\", and its connection stays");
    }

    @Test
    void overLibp2pNodesOfDifferentNetworksLeaveEachOther(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode real = RealNode.start(programs, directory.resolve("real"))) {
            for (Carrier carrier : GatewayConnectingTest.CARRIERS) {
                Setup ofMain = Setup.OPEN_LIBP2P.on(new Network.Main());
                try (LogCapture log = new LogCapture();
                        ProteusNode proteus = ProteusNode.start(
                                directory.resolve("dials" + carrier),
                                ofMain.dialling(GatewayConnectingTest.target(real.endpoint(carrier))))) {
                    log.await("dial failed, again in 2 min");
                    nobodyIsConnectedOrPunished(real, proteus.node());
                }
                try (LogCapture log = new LogCapture();
                        ProteusNode proteus = ProteusNode.start(directory.resolve("dialled" + carrier), ofMain)) {
                    real.cli().run("dial", proteus.endpoint(carrier).toMultiaddress());
                    log.await("no session over the gateway");
                    nobodyIsConnectedOrPunished(real, proteus.node());
                }
            }
            seen.says(
                    "Proteus of main and the real node of regtest, tcp and quic, either way: the connection is closed with "
                            + "the record or with the answer of identify, whichever comes first; neither punishes the other");
        }
    }

    private static void nobodyIsConnectedOrPunished(RealNode real, Node proteus) throws Exception {
        assertThat(proteus.peers()).isEmpty();
        assertThat(proteus.punishedPeers()).isEmpty();
        assertThat(real.cli().peers()).isEmpty();
        assertThat(real.cli().punishedPeers()).isEmpty();
    }

    @Test
    void overLibp2pAClockThatIsTooFarOffEndsTheHandshake(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        for (Carrier carrier : GatewayConnectingTest.CARRIERS) {
            for (int seconds : List.of(91, -91)) {
                String name = carrier + "" + seconds;
                try (LogCapture log = new LogCapture();
                        RealNode real = RealNode.start(programs, directory.resolve("real" + name))) {
                    Duration ahead = Duration.ofSeconds(seconds);
                    try (SkewedNode dialler = SkewedNode.start(
                            directory.resolve("dials" + name),
                            Setup.OPEN_LIBP2P.dialling(GatewayConnectingTest.target(real.endpoint(carrier))),
                            ahead)) {
                        log.await("its clock is more than 90 s off this node's");
                        log.await("dial failed, again in 2 min: refused by us: Other[code=0]");
                        nobodyIsConnectedOrPunished(real, dialler.node());
                    }
                    try (SkewedNode listener =
                            SkewedNode.start(directory.resolve("dialled" + name), Setup.OPEN_LIBP2P, ahead)) {
                        real.cli().run("dial", listener.endpoint(carrier).toMultiaddress());
                        log.await("INBOUND, version 0.19.4, clock " + -seconds + " s from ours");
                        nobodyIsConnectedOrPunished(real, listener.node());
                    }
                }
            }
        }
        seen.says(
                "Proteus 91 s ahead and 91 s behind, tcp and quic, whoever dials: no session, and nobody is punished; "
                        + "Proteus as the dialler warns that the clocks differ; 88 s are still taken, see the records");
    }

    @Test
    void overLibp2pOneAddressGetsAsManyConnectionsAndAttemptsAsAreAllowed(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode real = RealNode.start(programs, directory.resolve("real"));
                ProteusNode proteus =
                        ProteusNode.start(directory.resolve("proteus"), Setup.OPEN_LIBP2P.withUsualLimits())) {
            List<String> ofReal =
                    attempts(real.endpoint(Carrier.LIBP2P_TCP), real.endpoint(Carrier.LIBP2P_QUIC), real.cli()::peers);
            List<String> ofProteus = attempts(
                    proteus.endpoint(Carrier.LIBP2P_TCP), proteus.endpoint(Carrier.LIBP2P_QUIC), proteus.node()::peers);

            assertThat(ofReal)
                    .containsExactly(
                            "1: connected",
                            "2: connected",
                            "3: connected",
                            "4: connected",
                            "5: turned away",
                            "6, when all others are closed: connected",
                            "7: turned away");
            assertThat(ofProteus).isEqualTo(ofReal);
            seen.says(
                    "with the limits that either has by default: 127.0.0.1 gets four connections, the fifth is turned "
                            + "away, over tcp or quic; when they are closed a sixth is taken, and a seventh within the minute is not");
        }
    }

    private static <T> List<String> attempts(PeerEndpoint tcp, PeerEndpoint quic, Eventually.Question<List<T>> peers)
            throws Exception {
        List<String> outcomes = new ArrayList<>();
        List<GatewayHost> hosts = new ArrayList<>();
        try {
            for (int i = 1; i <= 5; i++) {
                GatewayHost host = GatewayHost.speaking(GatewayForm.V2);
                hosts.add(host);
                outcomes.add(i + ": " + attempt(host, i % 2 == 0 ? quic : tcp));
            }
        } finally {
            hosts.forEach(GatewayHost::close);
        }
        Eventually.until("all have left", peers, List::isEmpty);
        try (GatewayHost sixth = GatewayHost.speaking(GatewayForm.V2)) {
            outcomes.add("6, when all others are closed: " + attempt(sixth, tcp));
        }
        try (GatewayHost seventh = GatewayHost.speaking(GatewayForm.V2)) {
            outcomes.add("7: " + attempt(seventh, tcp));
        }
        return outcomes;
    }

    private static String attempt(GatewayHost host, PeerEndpoint target) {
        try {
            connected(host, target);
            return "connected";
        } catch (IOException turnedAway) {
            return "turned away";
        }
    }

    @Test
    void overLibp2pProteusThatDialsItselfRefusesItself(Seen seen) throws Exception {
        seen.with(programs, "neptune-cli");
        for (Carrier carrier : GatewayConnectingTest.CARRIERS) {
            try (LogCapture log = new LogCapture();
                    ProteusNode proteus = ProteusNode.start(directory.resolve(carrier.name()), Setup.OPEN_LIBP2P)) {
                proteus.cli(programs).run("dial", proteus.endpoint(carrier).toMultiaddress());
                log.await("dial by order failed: refused by us: this node itself");
                assertThat(proteus.node().peers()).isEmpty();
            }
        }
        seen.says("tcp and quic: Proteus logs \"dial by order failed: refused by us: this node itself\"");
    }
}
