package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.bootstrap.interop.SessionRecording.Frame;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** Proteus dials a real node and stays with it. */
@SpeaksLegacy
@WithRealNode
final class ConnectingTest {

    private static final Path RECORDINGS = Path.of("target", "interop");

    private final RealPrograms programs = RealPrograms.current();

    @TempDir
    private Path directory;

    @Test
    void proteusDialsTheRealNodeAndEachListsTheOther(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode real = RealNode.start(programs, directory.resolve("real"));
                RecordingProxy proxy = RecordingProxy.before(real.address());
                ProteusNode proteus = ProteusNode.start(
                        directory.resolve("proteus"), ProteusNode.Setup.OPEN.dialling(proxy.address()))) {
            proteus.onlyPeer();

            NeptuneCli.Peer atReal = Eventually.until(
                            "the real node lists Proteus", real.cli()::peers, peers -> peers.size() == 1)
                    .getFirst();
            NeptuneCli.Peer atProteus = proteus.cli(programs).peers().getFirst();

            assertThat(atReal.instanceId()).isEqualTo(proteus.cli(programs).ownInstanceId());
            assertThat(atProteus.instanceId()).isEqualTo(real.cli().ownInstanceId());
            assertThat(atReal.version()).isEqualTo("0.19.4");
            assertThat(atProteus.version()).isEqualTo("0.19.4");
            assertThat(List.of(atReal.standing(), atProteus.standing())).containsOnly(0);
            seen.says("peer-info of the real node lists Proteus at " + withoutPort(atReal) + ", version "
                    + atReal.version() + ", standing " + atReal.standing());
            seen.says("peer-info of Proteus lists the real node at " + withoutPort(atProteus) + ", version "
                    + atProteus.version() + ", standing " + atProteus.standing());
            proxy.save(RECORDINGS.resolve("dial.jsonl"));
        }
    }

    private static String withoutPort(NeptuneCli.Peer peer) {
        return peer.address().replaceAll("/tcp/\\d+", "/tcp/…");
    }

    @Test
    void bothAskAndAnswerAndBlocksOfTheRealNodeReachProteusAsAnnouncements(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode real = RealNode.start(programs, directory.resolve("real"));
                RecordingProxy proxy = RecordingProxy.before(real.address())) {
            mine(real, 2);
            try (ProteusNode proteus =
                    ProteusNode.start(directory.resolve("proteus"), ProteusNode.Setup.OPEN.dialling(proxy.address()))) {
                hasHeight(proteus, 2);
                assertThat(kinds(proxy, true))
                        .containsExactly(
                                PeerMessageKind.HANDSHAKE,
                                PeerMessageKind.PEER_LIST_REQUEST,
                                PeerMessageKind.BLOCK_NOTIFICATION_REQUEST,
                                PeerMessageKind.BLOCK_REQUEST_BY_HEIGHT,
                                PeerMessageKind.BLOCK_REQUEST_BY_HASH);
                assertThat(kinds(proxy, false))
                        .containsExactly(
                                PeerMessageKind.HANDSHAKE,
                                PeerMessageKind.CONNECTION_STATUS,
                                PeerMessageKind.PEER_LIST_RESPONSE,
                                PeerMessageKind.BLOCK_NOTIFICATION_WITH_POW_WITNESS,
                                PeerMessageKind.BLOCK,
                                PeerMessageKind.BLOCK);
                seen.says("PeerListRequest is answered with "
                        + proxy.frames().stream()
                                .filter(frame -> !frame.fromDialler())
                                .map(Frame::message)
                                .filter(PeerMessage.PeerListResponse.class::isInstance)
                                .findFirst()
                                .orElseThrow());
                seen.says(
                        "BlockNotificationRequest with BlockNotificationWithPowWitness of height 2, and both blocks are "
                                + "fetched");

                mine(real, 3);
                ConnectedPeer peer = Eventually.until(
                                "Proteus hears of block 5",
                                proteus.node()::peers,
                                peers -> peers.size() == 1 && peers.getFirst().height() == 5)
                        .getFirst();
                hasHeight(proteus, 5);
                assertThat(kinds(proxy, false)).hasSize(12);
                assertThat(kinds(proxy, false).stream()
                                .filter(PeerMessageKind.BLOCK_NOTIFICATION_WITH_POW_WITNESS::equals))
                        .hasSize(4);
                assertThat(peer.standing().score()).isNotNegative();
                assertThat(real.cli().peers().getFirst().standing()).isZero();
                assertThat(real.cli().punishedPeers()).isEmpty();
                assertThat(proteus.cli(programs).punishedPeers()).isEmpty();
                seen.says(
                        "three blocks mined with mine-blocks-to-wallet are announced as they come and fetched, and Proteus is at "
                                + "height " + peer.height());
                seen.says("all-punished-peers is empty on both sides");

                real.stop();
                Eventually.until("Proteus has lost its peer", proteus.node()::peers, List::isEmpty);
                assertThat(kinds(proxy, false)).endsWith(PeerMessageKind.BYE);
                seen.says("the real node says Bye when it ends");
            }
            proxy.save(RECORDINGS.resolve("announcements.jsonl"));
        }
    }

    /** The handshake of Proteus is changed on its way: a node at genesis is asked by nobody else. */
    @Test
    void theRealNodeAsksForTheTipOfProteusAndGetsIt(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode real = RealNode.start(programs, directory.resolve("real"));
                RecordingProxy proxy = RecordingProxy.forgingDialler(real.address(), Forgery.moreWork());
                ProteusNode proteus = ProteusNode.start(
                        directory.resolve("proteus"), ProteusNode.Setup.OPEN.dialling(proxy.address()))) {
            Eventually.until("Proteus has answered", () -> kinds(proxy, true), kinds -> kinds.size() >= 3);

            assertThat(kinds(proxy, false)).contains(PeerMessageKind.BLOCK_NOTIFICATION_REQUEST);
            assertThat(kinds(proxy, true)).endsWith(PeerMessageKind.BLOCK_NOTIFICATION_WITH_POW_WITNESS);
            assertThat(proteus.onlyPeer().standing().score()).isZero();
            assertThat(real.cli().peers()).extracting(NeptuneCli.Peer::standing).containsExactly(0);
            seen.says("a proxy makes Proteus claim more work, so the real node sends BlockNotificationRequest; Proteus "
                    + "answers with BlockNotificationWithPowWitness of genesis, which is not punished");
            proxy.save(RECORDINGS.resolve("asked.jsonl"));
        }
    }

    private static void hasHeight(ProteusNode proteus, long height) throws Exception {
        Eventually.until(
                "Proteus is at height " + height,
                () -> proteus.node().tipHeader().height().value(),
                at -> at == height);
    }

    private static void mine(RealNode real, int blocks) throws Exception {
        long wanted = real.cli().blockHeight() + blocks;
        real.cli().run("mine-blocks-to-wallet", Integer.toString(blocks));
        Eventually.until("the real node is at height " + wanted, real.cli()::blockHeight, height -> height == wanted);
    }

    private static List<PeerMessageKind> kinds(RecordingProxy proxy, boolean ofDialler) {
        return proxy.frames().stream()
                .filter(frame -> frame.fromDialler() == ofDialler)
                .map(frame -> frame.message().kind())
                .toList();
    }

    /** Takes three minutes: the first dial comes at once and in vain, the next when upstream's back-off is over. */
    @Test
    void proteusFindsTheRealNodeAgainAfterItsRestart(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode real = RealNode.start(programs, directory.resolve("real"));
                RecordingProxy proxy = RecordingProxy.before(real.address());
                ProteusNode proteus = ProteusNode.start(
                        directory.resolve("proteus"), ProteusNode.Setup.OPEN.dialling(proxy.address()))) {
            String first =
                    proteus.onlyPeer().connection().handshake().instanceId().toDecimal();
            long began = System.nanoTime();

            real.stop();
            Eventually.until("Proteus has lost its peer", proteus.node()::peers, List::isEmpty);
            real.start();

            String second = Eventually.until(
                            "Proteus is connected again",
                            Duration.ofMinutes(5),
                            proteus.node()::peers,
                            peers -> peers.size() == 1)
                    .getFirst()
                    .connection()
                    .handshake()
                    .instanceId()
                    .toDecimal();
            assertThat(second).isNotEqualTo(first).isEqualTo(real.cli().ownInstanceId());
            assertThat(real.cli().peers())
                    .extracting(NeptuneCli.Peer::instanceId)
                    .containsExactly(proteus.cli(programs).ownInstanceId());
            seen.says("connected again "
                    + Duration.ofNanos(System.nanoTime() - began).toSeconds()
                    + " s after the stop, with the clock and the back-off of a real run (2 min, looked at every 30 s); the "
                    + "real node has a new instance id and lists Proteus");
        }
    }
}
