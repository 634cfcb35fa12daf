package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.bootstrap.interop.ProteusNode.Setup;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.domain.network.Network;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerMessage;

/** Who refuses whom, and with which words. */
@SpeaksLegacy
@WithRealNode
final class RefusalsTest {

    private static final Path OUTPUT = Path.of("target", "interop");
    private static final String REFUSED = "Handshake, ConnectionStatus[status=Refused[reason=%s]], closed";
    private static final String FULL = REFUSED.formatted("MaxPeerNumberExceeded[]");

    private final RealPrograms programs = RealPrograms.current();

    @TempDir
    private Path directory;

    @Test
    void theRealNodeAndProteusTakeAndRefuseTheSameHandshakes(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode real = RealNode.start(programs, directory.resolve("real"));
                ProteusNode proteus = ProteusNode.start(directory.resolve("proteus"), Setup.OPEN)) {
            List<String> ofReal = HandshakeTable.of(real.address());
            List<String> ofProteus = HandshakeTable.of(proteus.address());
            Files.createDirectories(OUTPUT);
            Files.write(OUTPUT.resolve("handshakes-real.txt"), ofReal);
            Files.write(OUTPUT.resolve("handshakes-proteus.txt"), ofProteus);

            assertThat(ofReal)
                    .contains(
                            "version \"0.16.0\": " + REFUSED.formatted("IncompatibleVersion[]"),
                            "clock 92 s ahead: " + REFUSED.formatted("Other[code=0]"),
                            "clock -92 s ahead: " + REFUSED.formatted("Other[code=0]"),
                            "network main: Handshake, closed",
                            "the instance id of a connected peer: " + REFUSED.formatted("AlreadyConnected[]"),
                            "the listener's own instance id: " + REFUSED.formatted("SelfConnect[]"));
            assertThat(ofProteus).containsExactlyElementsOf(ofReal);
            assertThat(real.cli().punishedPeers()).isEmpty();
            assertThat(proteus.cli(programs).punishedPeers()).isEmpty();
            seen.says(ofReal.size() + " handshakes, each tried on both, with the same words: 0.16.0 is "
                    + "IncompatibleVersion, a clock 92 s off either way Other(0), main at regtest gets a handshake and then "
                    + "silence, one's own id SelfConnect, a known id AlreadyConnected; nobody is punished for it");
        }
    }

    @Test
    void aFullNodeSaysSoToProteusAndProteusSaysTheSame(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (LogCapture log = new LogCapture();
                RealNode real = RealNode.start(programs, directory.resolve("real"), "--max-num-peers", "1");
                ProteusNode proteus = ProteusNode.start(directory.resolve("proteus"), Setup.OPEN.withPlaces(1, 1));
                TestPeer withReal = connected(real.address());
                TestPeer withProteus = connected(proteus.address())) {
            assertThat(attempt(real.address())).isEqualTo(FULL);
            assertThat(attempt(proteus.address())).isEqualTo(FULL);

            try (ProteusNode dialler =
                    ProteusNode.start(directory.resolve("dialler"), Setup.OPEN.dialling(real.address()))) {
                String line = log.await("refused by the peer: MaxPeerNumberExceeded[]");
                assertThat(dialler.node().peers()).isEmpty();
                seen.says("with one place taken, both say MaxPeerNumberExceeded; Proteus as the dialler logs \""
                        + line.replaceAll(":\\d+", ":…") + "\"");
            }
            assertThat(List.of(withReal, withProteus)).hasSize(2);
        }
    }

    @Test
    void oneAddressGetsAsManyConnectionsAsAreAllowed(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode real = RealNode.start(programs, directory.resolve("real"), "--max-connections-per-ip", "2");
                ProteusNode proteus = ProteusNode.start(directory.resolve("proteus"), Setup.OPEN.withPlaces(10, 2));
                TestPeer first = connected(real.address());
                TestPeer second = connected(real.address());
                TestPeer third = connected(proteus.address());
                TestPeer fourth = connected(proteus.address())) {
            assertThat(attempt(real.address())).isEqualTo(FULL);
            assertThat(attempt(proteus.address())).isEqualTo(FULL);
            assertThat(List.of(first, second, third, fourth)).hasSize(4);
            seen.says("with --max-connections-per-ip 2 the third of 127.0.0.1 gets MaxPeerNumberExceeded from either");
        }
    }

    private static TestPeer connected(PeerAddress address) throws IOException {
        TestPeer peer = TestPeer.dial(address);
        peer.shakeHands(Handshakes.fresh());
        // Its answer shows that the peer is in the table.
        peer.send(new PeerMessage.PeerListRequest());
        peer.read();
        return peer;
    }

    private static String attempt(PeerAddress address) throws IOException {
        try (TestPeer peer = TestPeer.dial(address)) {
            return HandshakeAttempt.of(peer, Handshakes.fresh());
        }
    }

    /** The clock is put wrong on the way, by a proxy: the real node sees a Proteus that is 92 s ahead or behind. */
    @Test
    void proteusSaysThatItsClockIsOffWhenTheRealNodeRefusesItForThat(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        List<String> logged = new ArrayList<>();
        for (int seconds : List.of(92, -92)) {
            try (LogCapture log = new LogCapture();
                    RealNode real = RealNode.start(programs, directory.resolve("real" + seconds));
                    RecordingProxy proxy =
                            RecordingProxy.forgingDialler(real.address(), Forgery.clock(Duration.ofSeconds(seconds)));
                    ProteusNode proteus = ProteusNode.start(
                            directory.resolve("proteus" + seconds), Setup.OPEN.dialling(proxy.address()))) {
                String line = log.await("clocks differ");
                assertThat(proxy.frames().getLast().payload()).containsExactly(0x14, 0, 5, 0);
                assertThat(proteus.node().peers()).isEmpty();
                assertThat(real.cli().peers()).isEmpty();
                logged.add(line.replace(proxy.address().toString(), "…"));
            }
        }
        assertThat(logged.getLast()).isEqualTo(logged.getFirst());
        seen.says("92 s ahead and 92 s behind: the real node refuses with Other(0), and Proteus logs \""
                + logged.getLast() + "\"");
    }

    @Test
    void proteusAsTheDiallerLeavesAListenerThatDoesNotPassItsRules(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        assertThat(left(own -> Handshakes.withVersion(own, "0.16.0"))).contains("IncompatibleVersion");
        assertThat(left(own -> Handshakes.withClock(own, Duration.ofSeconds(92))))
                .contains("Other[code=0]");
        assertThat(left(own -> Handshakes.withClock(own, Duration.ofSeconds(-92))))
                .contains("Other[code=0]");
        seen.says(
                "a listener of version 0.16.0, or 92 s off, that accepts Proteus gets a Bye (0.19.4 never dials, so the "
                        + "listener is a peer of the test)");
    }

    private String left(UnaryOperator<HandshakeData> change) throws Exception {
        Path data = Files.createTempDirectory(directory, "proteus");
        try (LogCapture log = new LogCapture();
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ProteusNode proteus = ProteusNode.start(data, Setup.OPEN.dialling(addressOf(server)));
                TestPeer listener = TestPeer.accept(server)) {
            listener.answerHands(change.apply(Handshakes.fresh()));
            assertThat(listener.read()).isEqualTo(new PeerMessage.Bye());
            assertThat(listener.readFrame()).isEmpty();
            assertThat(proteus.node().peers()).isEmpty();
            return log.await("refused by us");
        }
    }

    private static PeerAddress addressOf(ServerSocket server) {
        return new PeerAddress(new IpAddress.V4(0x7F000001), server.getLocalPort());
    }

    @Test
    void proteusOfMainLeavesTheRealNodeOfRegtestWithoutAWord(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (LogCapture log = new LogCapture();
                RealNode real = RealNode.start(programs, directory.resolve("real"));
                RecordingProxy proxy = RecordingProxy.before(real.address());
                ProteusNode proteus = ProteusNode.start(
                        directory.resolve("proteus"),
                        Setup.OPEN.on(new Network.Main()).dialling(proxy.address()))) {
            String line = log.await("it is of network regtest");

            assertThat(proxy.frames())
                    .extracting(
                            frame -> frame.fromDialler() + " " + frame.message().kind())
                    .containsExactly("true HANDSHAKE", "false HANDSHAKE");
            assertThat(real.cli().peers()).isEmpty();
            assertThat(proteus.node().peers()).isEmpty();
            assertThat(real.cli().punishedPeers()).isEmpty();
            seen.says("one handshake each way and no word more; Proteus logs \""
                    + line.replace(proxy.address().toString(), "…") + "\"; neither punishes the other");
        }
    }

    @Test
    void proteusThatDialsItselfRefusesItself(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (LogCapture log = new LogCapture();
                ProteusNode proteus = ProteusNode.start(directory.resolve("proteus"), Setup.OPEN)) {
            String printed = proteus.cli(programs)
                    .run("dial", "/ip4/127.0.0.1/tcp/" + proteus.address().port())
                    .text();

            String line = log.await("refused by the peer: SelfConnect");
            assertThat(proteus.node().peers()).isEmpty();
            seen.says("neptune-cli dial prints \"" + printed.replaceAll("\\d{4,}", "…") + "\", and Proteus logs \""
                    + line.replaceAll(":\\d+", ":…") + "\"");
        }
    }
}
