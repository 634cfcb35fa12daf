package proteus.bootstrap.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.application.contract.Await;
import proteus.application.port.JournalEntry;
import proteus.application.port.MoveOutcome;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerConnection.Traffic;
import proteus.application.port.PeerTarget;
import proteus.application.port.PeerTarget.Protocol;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.application.port.StoreException;
import proteus.application.runtime.SystemTaskScheduler;
import proteus.bootstrap.legacy.SpeaksLegacy;

/**
 * One session between two nodes, moved there and back again and again while both mine: fifty moves, a hundred with the profile
 * {@code heavy}, N with {@code -Ddrill.moves=N}.
 */
@SpeaksLegacy
final class ThereAndBackDrillTest {

    private static final int MOVES = Integer.getInteger("drill.moves", 50);

    /** A peer is looked for three times a minute at most. */
    private static final Duration LEAP = Duration.ofSeconds(61);

    @TempDir
    private Path directory;

    private int lost;
    private int tooEarly;

    @Test
    void theSessionStaysTheSameHoweverOftenItIsMoved() throws Exception {
        List<Identity> identities = DrillIdentities.sorted(2);
        try (SystemTaskScheduler system = new SystemTaskScheduler("drill")) {
            LeapingClock clock = new LeapingClock(system);
            try (LeapingNode accepting =
                            LeapingNode.start(directory.resolve("accepting"), identities.getLast(), clock);
                    LeapingNode moving = LeapingNode.start(
                            directory.resolve("moving"), identities.getFirst(), clock, legacy(accepting))) {
                awaitOver(Stack.LEGACY, moving, accepting);
                drill(moving, accepting, clock);
                assertEachFrameArrivedOnce(moving, accepting);
                assertJournal(moving, "stage ");
                assertJournal(accepting, "as the peer wants it");
            }
        }
    }

    private static PeerTarget legacy(LeapingNode node) {
        return new PeerTarget(node.node().ownListenAddress().orElseThrow(), Protocol.LEGACY);
    }

    private void drill(LeapingNode moving, LeapingNode accepting, LeapingClock clock) throws Exception {
        List<LeapingNode> both = List.of(moving, accepting);
        List<Instant> since = since(both);
        Optional<JournalEntry> written = last(accepting);
        long began = System.nanoTime();
        try (Load load = Load.onNodes(List.of(moving.node(), accepting.node()))) {
            for (int move = 0; move < MOVES; move++) {
                Stack to = move % 2 == 0 ? Stack.LIBP2P : Stack.LEGACY;
                move(moving, to, clock);
                awaitOver(to, moving, accepting);
                written = awaitAtRest(moving, accepting, written);
                List<Instant> now = since(both);
                lost += now.equals(since) ? 0 : 1;
                since = now;
                clock.leap(LEAP);
            }
            System.out.printf(
                    "ThereAndBackDrillTest: %d moves in %d ms amid %d blocks, %d further ones not now; sessions lost: %d, "
                            + "per 1,000 moves: %.1f%n",
                    MOVES,
                    (System.nanoTime() - began) / 1_000_000,
                    load.blocks(),
                    tooEarly,
                    lost,
                    1000.0 * lost / MOVES);
            assertThat(load.blocks()).as("blocks amid the moves").isPositive();
        }
        assertThat(lost).isZero();
        Instant end = clock.instant();
        assertThat(both)
                .flatExtracting(LeapingNode::sessions)
                .hasSize(2)
                .allMatch(session -> session.standing().scoreAt(end) >= 0);
    }

    /** Again if it came too early: an old connection over libp2p takes a moment to end. */
    private void move(LeapingNode moving, Stack to, LeapingClock clock) throws Exception {
        for (int share = Rollout.ALL; true; share = 2 * Rollout.ALL - 1 - share) {
            Rollout next = to == Stack.LIBP2P ? DrillNode.share(share) : DrillNode.at(Stage.DUAL);
            moving.node().migration().set(next, "the drill");
            Await.until("an outcome", () -> last(moving).orElseThrow() instanceof JournalEntry.Moved);
            if (isSettled(last(moving).orElseThrow())) {
                return;
            }
            tooEarly++;
            clock.leap(LEAP);
        }
    }

    private static boolean isSettled(JournalEntry entry) {
        return entry instanceof JournalEntry.Moved moved && moved.outcome() == MoveOutcome.SETTLED;
    }

    private static List<Instant> since(List<LeapingNode> nodes) {
        return nodes.stream()
                .flatMap(node -> node.sessions().stream())
                .map(ConnectedPeer::since)
                .toList();
    }

    /** Until neither has anything more to do for the move: time may leap then. */
    private static Optional<JournalEntry> awaitAtRest(
            LeapingNode moving, LeapingNode accepting, Optional<JournalEntry> before) {
        Await.until(
                "the end of the move", () -> moving.node().migration().status().moving() == 0);
        Await.until("the move in the journal", () -> !last(accepting).equals(before));
        return last(accepting);
    }

    private static Optional<JournalEntry> last(LeapingNode node) {
        return journal(node, 1).stream().findFirst();
    }

    private static List<JournalEntry> journal(LeapingNode node, int most) {
        try {
            return node.node().migration().journal(Optional.empty(), most);
        } catch (StoreException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void awaitOver(Stack stack, LeapingNode... nodes) {
        Await.until(
                () -> "both over " + stack + ": "
                        + List.of(nodes).stream()
                                .map(node -> node.node().migration().status())
                                .toList(),
                () -> List.of(nodes).stream().allMatch(node -> isOver(stack, node)));
    }

    /** The one session that there is. */
    private static boolean isOver(Stack stack, LeapingNode node) {
        List<ConnectedPeer> sessions = node.sessions();
        return sessions.size() == 1 && sessions.getFirst().connection().stack() == stack;
    }

    /** None was lost, and none came twice. */
    private static void assertEachFrameArrivedOnce(LeapingNode one, LeapingNode other) {
        Await.until(
                () -> "as many frames in as out: " + traffic(one) + ", " + traffic(other),
                () -> traffic(one).framesOut() == traffic(other).framesIn()
                        && traffic(other).framesOut() == traffic(one).framesIn());
    }

    private static Traffic traffic(LeapingNode node) {
        return node.sessions().getFirst().traffic();
    }

    private static void assertJournal(LeapingNode node, String cause) {
        assertThat(journal(node, 10_000).stream()
                        .flatMap(
                                entry -> entry instanceof JournalEntry.Moved moved ? Stream.of(moved) : Stream.empty()))
                .filteredOn(moved -> moved.outcome() != MoveOutcome.NOT_NOW)
                .hasSize(MOVES)
                .allSatisfy(moved -> {
                    assertThat(moved.outcome()).isEqualTo(MoveOutcome.SETTLED);
                    assertThat(moved.cause()).startsWith(cause);
                    assertThat(moved.gap()).contains(Duration.ZERO);
                });
    }
}
