package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.migration.MigrationSettings;
import proteus.application.port.Carrier;
import proteus.application.port.JournalEntry;
import proteus.application.port.MoveOutcome;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerTarget;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.bootstrap.interop.ProteusNode.Setup;
import proteus.bootstrap.legacy.SpeaksLegacy;

/** Sessions with a real node move from the legacy stack to libp2p and back. */
@SpeaksLegacy
@WithRealNode
final class MigrationTest {

    /** Longer than the minute in which a peer is looked for three times. */
    private static final Duration ONE_MOVE = Duration.ofSeconds(90);

    private static final int ROUNDS = 10;

    private final RealPrograms programs = RealPrograms.current();

    @TempDir
    private Path directory;

    private static MigrationSettings dual() {
        return new MigrationSettings(Optional.of(Stage.DUAL), Optional.empty(), false, 4, 0, 1000, Map.of());
    }

    private static void set(ProteusNode node, Stage stage) throws Exception {
        node.node().migration().set(new Rollout(stage, Rollout.ALL), "the test");
    }

    private static ConnectedPeer awaitOver(ProteusNode node, Stack stack) throws Exception {
        return Eventually.until(
                        "Proteus has its peer over " + stack,
                        ONE_MOVE,
                        node.node()::peers,
                        peers -> peers.size() == 1
                                && peers.getFirst().connection().stack() == stack)
                .getFirst();
    }

    private static List<JournalEntry.Moved> moves(ProteusNode node) throws Exception {
        return node.node().migration().journal(Optional.empty(), 10_000).stream()
                .filter(JournalEntry.Moved.class::isInstance)
                .map(JournalEntry.Moved.class::cast)
                .toList();
    }

    private static List<JournalEntry.Moved> awaitMoves(ProteusNode node, int count) throws Exception {
        return Eventually.until("the journal has " + count + " moves", () -> moves(node), all -> all.size() >= count);
    }

    private static String gaps(List<JournalEntry.Moved> moves, Stack to) {
        List<Duration> gaps = moves.stream()
                .filter(move -> move.to() == to)
                .flatMap(move -> move.gap().stream())
                .sorted(Comparator.naturalOrder())
                .toList();
        return String.format(
                Locale.ROOT,
                "%.1f / %.1f ms",
                gaps.get(gaps.size() / 2).toNanos() / 1e6,
                gaps.getLast().toNanos() / 1e6);
    }

    private static void awaitHeight(RealNode real, ProteusNode proteus, long height) throws Exception {
        Eventually.until("the real node is at height " + height, real.cli()::blockHeight, at -> at == height);
        Eventually.until(
                "Proteus is at height " + height,
                () -> proteus.node().tipHeader().height().value(),
                at -> at == height);
    }

    /** The real node that has no libp2p over QUIC where one would look for it is found over TCP. */
    private void thereAndBack(Seen seen, Carrier carrier) throws Exception {
        String over = carrier.transport();
        try (RealNode real = RealNode.start(programs, directory.resolve("real-" + over), flags(carrier));
                ProteusNode proteus =
                        ProteusNode.start(directory.resolve(over), Setup.OPEN_BOTH.dialling(real.address()), dual())) {
            awaitOver(proteus, Stack.LEGACY);
            long height = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                set(proteus, Stage.MIGRATE);
                ConnectedPeer moved = awaitOver(proteus, Stack.LIBP2P);
                assertThat(moved.connection().carrier()).isEqualTo(carrier);
                List<JournalEntry.Moved> moves = awaitMoves(proteus, 2 * round - 1);
                assertThat(moves).allSatisfy(move -> assertThat(move.outcome()).isEqualTo(MoveOutcome.SETTLED));
                proteus.node().mining().mine(1);
                awaitHeight(real, proteus, ++height);
                set(proteus, Stage.DUAL);
                awaitOver(proteus, Stack.LEGACY);
                awaitMoves(proteus, 2 * round);
                real.cli().run("mine-blocks-to-wallet", "1");
                awaitHeight(real, proteus, ++height);
                assertThat(real.cli().peers()).hasSize(1);
                assertThat(real.cli().peers().getFirst().standing()).isNotNegative();
            }
            List<JournalEntry.Moved> moves = moves(proteus);
            assertThat(moves)
                    .hasSize(2 * ROUNDS)
                    .allSatisfy(move -> assertThat(move.outcome()).isEqualTo(MoveOutcome.SETTLED));
            assertThat(real.cli().punishedPeers()).isEmpty();
            assertThat(proteus.node().punishedPeers()).isEmpty();
            seen.says(over + ": " + ROUNDS
                    + " times there and back, a block each way in each round, nobody punished; gap to "
                    + "the first word of the peer, median / longest: to libp2p " + gaps(moves, Stack.LIBP2P)
                    + ", back to legacy " + gaps(moves, Stack.LEGACY));
        }
    }

    /** A later flag wins: over TCP it is found where QUIC is not where it is looked for. */
    private static String[] flags(Carrier carrier) {
        List<String> flags = new ArrayList<>(List.of(
                "--max-connections-per-ip",
                "100",
                "--max-connections-per-prefix",
                "100",
                "--max-connection-attempts-per-ip-per-minute",
                "1000"));
        if (carrier == Carrier.LIBP2P_TCP) {
            flags.add(RealNode.QUIC_ELSEWHERE);
        }
        return flags.toArray(String[]::new);
    }

    @Test
    void aLegacyListenerThatProteusDialledEndsAsAGatewayPeerAndComesBack(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        for (Carrier carrier : GatewayConnectingTest.CARRIERS) {
            thereAndBack(seen, carrier);
        }
    }

    @Test
    void aPlaceThatIsLostMeanwhileHasANameAndTheSessionComesBack(Seen seen) throws Exception {
        seen.with(programs, "neptune-core");
        List<String> flags = new ArrayList<>(List.of(flags(Carrier.LIBP2P_QUIC)));
        flags.addAll(List.of("--max-num-peers", "1"));
        AtomicBoolean over = new AtomicBoolean();
        try (RealNode real = RealNode.start(programs, directory.resolve("real"), flags.toArray(String[]::new));
                ProteusNode proteus = ProteusNode.start(
                        directory.resolve("proteus"), Setup.OPEN_BOTH.dialling(real.address()), dual())) {
            awaitOver(proteus, Stack.LEGACY);
            PlaceTaker taker = new PlaceTaker(real.address(), over);
            Thread thread = Thread.ofVirtual().start(taker);
            set(proteus, Stage.MIGRATE);
            JournalEntry.Moved move = awaitMoves(proteus, 1).getFirst();
            over.set(true);
            thread.join();

            assertThat(move.outcome()).as(move.toString()).isEqualTo(MoveOutcome.SLOT_LOST);
            awaitOver(proteus, Stack.LEGACY);
            assertThat(proteus.node().punishedPeers()).isEmpty();
            seen.says(
                    "a real node with one place, which another peer takes while Proteus moves: slot-lost, and the session is "
                            + "back on legacy after " + move.gap().orElseThrow().toMillis()
                            + " ms, when the place is free again");
        }
    }

    @Test
    void twoRealNodesAndThreeProteusAreOneNetworkBeforeDuringAndAfter(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        try (RealNode one = RealNode.start(programs, directory.resolve("one"), flags(Carrier.LIBP2P_QUIC));
                RealNode two = RealNode.start(programs, directory.resolve("two"), flags(Carrier.LIBP2P_QUIC));
                ProteusNode a =
                        ProteusNode.start(directory.resolve("a"), Setup.OPEN_BOTH.dialling(one.address()), dual());
                ProteusNode b =
                        ProteusNode.start(directory.resolve("b"), Setup.OPEN_BOTH.dialling(two.address()), dual());
                ProteusNode c = ProteusNode.start(
                        directory.resolve("c"),
                        Setup.OPEN_BOTH.dialling(new PeerTarget(a.address(), PeerTarget.Protocol.LEGACY)),
                        dual())) {
            c.node().dial(new PeerTarget(b.address(), PeerTarget.Protocol.LEGACY));
            List<ProteusNode> all = List.of(a, b, c);
            long height = 0;
            height = roundOfBlocks(one, two, all, height);
            for (Stage stage : List.of(Stage.MIGRATE, Stage.DUAL, Stage.MIGRATE)) {
                for (ProteusNode node : all) {
                    set(node, stage);
                }
                height = roundOfBlocks(one, two, all, height);
                Stack stack = stage == Stage.MIGRATE ? Stack.LIBP2P : Stack.LEGACY;
                for (ProteusNode node : all) {
                    Eventually.until(
                            "all sessions are over " + stack,
                            ONE_MOVE,
                            node.node()::peers,
                            peers -> peers.size() == 2
                                    && peers.stream()
                                            .allMatch(peer -> peer.connection().stack() == stack));
                }
                height = roundOfBlocks(one, two, all, height);
            }
            assertThat(one.cli().punishedPeers()).isEmpty();
            assertThat(two.cli().punishedPeers()).isEmpty();
            seen.says(
                    "two real nodes and three Proteus in a line, all four links moved to libp2p, back and there again: "
                            + height
                            + " blocks, mined by each in turn before, while and after the links moved, reached all");
        }
    }

    /** Each mines one, and all get it. */
    private static long roundOfBlocks(RealNode one, RealNode two, List<ProteusNode> all, long before) throws Exception {
        long height = before;
        for (RealNode real : List.of(one, two)) {
            real.cli().run("mine-blocks-to-wallet", "1");
            height++;
            awaitAll(one, two, all, height);
        }
        for (ProteusNode node : all) {
            node.node().mining().mine(1);
            height++;
            awaitAll(one, two, all, height);
        }
        return height;
    }

    private static void awaitAll(RealNode one, RealNode two, List<ProteusNode> all, long height) throws Exception {
        for (ProteusNode node : all) {
            awaitHeight(one, node, height);
            awaitHeight(two, node, height);
        }
    }
}
