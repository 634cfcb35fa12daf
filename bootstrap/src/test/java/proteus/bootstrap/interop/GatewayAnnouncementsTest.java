package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.port.Carrier;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.bootstrap.interop.ProteusNode.Setup;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** What Proteus and a real node ask each other over libp2p, and what they tell each other unasked. */
@WithRealNode
final class GatewayAnnouncementsTest {

    private static final Path RECORDINGS = Path.of("target", "interop");
    private static final PeerMessageKind ANNOUNCEMENT = PeerMessageKind.BLOCK_NOTIFICATION_WITH_POW_WITNESS;

    private static final Pattern JUDGED =
            Pattern.compile("Got BlockNotification of height 0\\.[\\s\\S]*?block_is_new: false");

    private final RealPrograms programs = RealPrograms.current();

    @TempDir
    private Path directory;

    @Test
    void overLibp2pProteusAsksForTheTipAndBlocksOfTheRealNodeReachItAsAnnouncements(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        for (Carrier carrier : GatewayConnectingTest.CARRIERS) {
            try (RealNode real = RealNode.start(programs, directory.resolve(carrier + "-real"));
                    GatewayProxy proxy = GatewayProxy.before(real.endpoint(carrier), GatewayForm.V2)) {
                mine(real, 2);
                try (ProteusNode proteus = start(carrier.name(), proxy)) {
                    Eventually.until("the tip is announced", () -> heights(proxy), List.of(2L)::equals);
                    hasHeight(proteus, 2);
                    assertThat(proxy.kinds(true))
                            .containsExactly(
                                    PeerMessageKind.BLOCK_NOTIFICATION_REQUEST,
                                    PeerMessageKind.BLOCK_REQUEST_BY_HEIGHT,
                                    PeerMessageKind.BLOCK_REQUEST_BY_HASH);

                    mine(real, 3);
                    Eventually.until("block 5 is announced", () -> heights(proxy), List.of(2L, 3L, 4L, 5L)::equals);
                    showsHeight(proteus, 5);
                    hasHeight(proteus, 5);
                    nobodyIsPunished(real, proteus);

                    real.stop();
                    Eventually.until("Proteus has lost its peer", proteus.node()::peers, List::isEmpty);
                    assertThat(proxy.kinds(true)).hasSize(6);
                }
                proxy.save(RECORDINGS.resolve("gateway-announcements-" + carrier.transport() + ".jsonl"));
            }
        }
        seen.says(
                "tcp and quic: BlockNotificationRequest is answered with BlockNotificationWithPowWitness of height 2; "
                        + "three blocks mined with mine-blocks-to-wallet are announced as they come, Proteus fetches them all and is at height 5; "
                        + "nobody is punished; the real node that ends says Bye and closes the connection at the same time, so that "
                        + "its Bye comes or does not");
    }

    private ProteusNode start(String name, GatewayProxy proxy) throws Exception {
        return ProteusNode.start(
                directory.resolve(name), Setup.OPEN_LIBP2P.dialling(GatewayConnectingTest.target(proxy.address())));
    }

    static void mine(RealNode real, int blocks) throws Exception {
        long wanted = real.cli().blockHeight() + blocks;
        real.cli().run("mine-blocks-to-wallet", Integer.toString(blocks));
        Eventually.until("the real node is at height " + wanted, real.cli()::blockHeight, height -> height == wanted);
    }

    private static List<Long> heights(GatewayProxy proxy) {
        return proxy.said(false).stream()
                .filter(PeerMessage.BlockNotificationWithPowWitness.class::isInstance)
                .map(message -> ((PeerMessage.BlockNotificationWithPowWitness) message)
                        .header()
                        .header()
                        .height()
                        .value())
                .toList();
    }

    static void showsHeight(ProteusNode proteus, long atLeast) throws Exception {
        ConnectedPeer peer = Eventually.until(
                        "Proteus shows height " + atLeast,
                        proteus.node()::peers,
                        peers -> peers.size() == 1 && peers.getFirst().height() >= atLeast)
                .getFirst();
        assertThat(peer.standing().score()).isNotNegative();
    }

    private static void hasHeight(ProteusNode proteus, long height) throws Exception {
        Eventually.until(
                "Proteus is at height " + height,
                () -> proteus.node().tipHeader().height().value(),
                at -> at == height);
    }

    private static void nobodyIsPunished(RealNode real, ProteusNode proteus) throws Exception {
        assertThat(real.cli().peers()).extracting(NeptuneCli.Peer::standing).containsOnly(0);
        assertThat(real.cli().punishedPeers()).isEmpty();
        assertThat(proteus.node().punishedPeers()).isEmpty();
    }

    /** A node that is busy with a block may state an older tip in its record; then it is not asked for the present one. */
    @Test
    void overLibp2pProteusFollowsARealNodeThatMinesAllTheTime(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode real = RealNode.start(
                        programs, directory.resolve("real"), "--compose", "--guess", "--guesser-threads", "1");
                GatewayProxy tcp = GatewayProxy.before(real.endpoint(Carrier.LIBP2P_TCP), GatewayForm.V2);
                GatewayProxy quic = GatewayProxy.before(real.endpoint(Carrier.LIBP2P_QUIC), GatewayForm.V2)) {
            try (ProteusNode overTcp = start("tcp", tcp);
                    ProteusNode overQuic = start("quic", quic)) {
                follows(overTcp, tcp);
                follows(overQuic, quic);
                // Who asks for a proposal just when a block takes its place is charged, also by its like.
                assertThat(real.cli().punishedPeers().values())
                        .extracting(NeptuneCli.Punished::latestSanction)
                        .allMatch(sanction -> sanction.toLowerCase(Locale.ROOT).contains("blockproposalnotfound"));
                assertThat(overTcp.node().punishedPeers()).isEmpty();
                assertThat(overQuic.node().punishedPeers()).isEmpty();
            }
            seen.says("tcp and quic at the same time, with --compose --guess --guesser-threads 1: "
                    + "BlockProposalNotificationRequest and BlockProposalNotification come and proposals are fetched; each block is "
                    + "announced with BlockNotificationWithPowWitness, 10 in a row were waited for, and Proteus shows "
                    + "their height; nobody is punished, but for a proposal that was asked for too late");
        }
    }

    private static void follows(ProteusNode proteus, GatewayProxy proxy) throws Exception {
        List<Long> heights = Eventually.until(
                "ten blocks are announced",
                () -> heights(proxy),
                seen -> Set.copyOf(seen).size() >= 10);
        showsHeight(proteus, heights.getLast());
        // The answer to a request and the announcement of the same block may both come.
        assertThat(heights.stream().distinct().toList())
                .isEqualTo(LongStream.rangeClosed(heights.getFirst(), heights.getLast())
                        .boxed()
                        .toList());
        assertThat(proxy.kinds(true).stream().distinct().toList())
                .isSubsetOf(
                        PeerMessageKind.BLOCK_NOTIFICATION_REQUEST,
                        PeerMessageKind.BLOCK_REQUEST_BY_HEIGHT,
                        PeerMessageKind.BLOCK_REQUEST_BY_HASH,
                        PeerMessageKind.BLOCK_PROPOSAL_REQUEST,
                        PeerMessageKind.BLOCK_PROPOSAL_NOTIFICATION);
        assertThat(proxy.kinds(false))
                .contains(
                        PeerMessageKind.BLOCK_PROPOSAL_NOTIFICATION_REQUEST,
                        PeerMessageKind.BLOCK_PROPOSAL_NOTIFICATION,
                        PeerMessageKind.BLOCK,
                        ANNOUNCEMENT);
    }

    /** That an answer is no better than what the node has is the last thing that it finds out about it. */
    static void hasJudged(int answers, RealNode real) throws Exception {
        Eventually.until(
                "the real node has judged " + answers + " answers",
                real::logSinceStart,
                log -> JUDGED.matcher(log).results().count() == answers);
    }

    /** The record of Proteus is changed on its way: a node at genesis is asked by nobody else. */
    @Test
    void overLibp2pTheRealNodeAsksForTheTipOfProteusAndGetsIt(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode real = RealNode.start(programs, directory.resolve("real"))) {
            for (Carrier carrier : GatewayConnectingTest.CARRIERS) {
                try (GatewayProxy proxy = GatewayProxy.forgingDialler(
                                real.endpoint(carrier), GatewayForm.V2, Handshakes::withMoreWork);
                        ProteusNode proteus = start(carrier.name(), proxy)) {
                    hasJudged(1 + GatewayConnectingTest.CARRIERS.indexOf(carrier), real);

                    assertThat(proxy.kinds(false)).containsExactly(PeerMessageKind.BLOCK_NOTIFICATION_REQUEST);
                    assertThat(proxy.kinds(true)).containsExactly(ANNOUNCEMENT);
                    assertThat(proteus.onlyPeer().standing().score()).isZero();
                    nobodyIsPunished(real, proteus);
                    proxy.save(RECORDINGS.resolve("gateway-asked-" + carrier.transport() + ".jsonl"));
                }
                Eventually.until("the real node has lost Proteus", real.cli()::peers, List::isEmpty);
                assertThat(real.cli().punishedPeers()).isEmpty();
            }
            seen.says("tcp and quic: a proxy makes Proteus claim more work, so the real node sends "
                    + "BlockNotificationRequest; Proteus answers with BlockNotificationWithPowWitness of genesis, which is "
                    + "not punished");
        }
    }
}
