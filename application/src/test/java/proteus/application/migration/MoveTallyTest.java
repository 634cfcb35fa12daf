package proteus.application.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import proteus.application.port.JournalEntry;
import proteus.application.port.MoveOutcome;
import proteus.application.port.MoveTallies;
import proteus.application.port.MoveTallies.Gaps;
import proteus.application.port.PeerKey;
import proteus.application.port.Stack;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

class MoveTallyTest {

    private final MoveTally tally = new MoveTally();

    @Test
    void nothingIsCountedAtFirst() {
        assertThat(tally.tallies()).isEqualTo(MoveTallies.NONE);
    }

    @Test
    void outcomesAreCountedByDirection() {
        tally.count(move(Stack.LIBP2P, MoveOutcome.SETTLED, Optional.of(Duration.ZERO)));
        tally.count(move(Stack.LIBP2P, MoveOutcome.SETTLED, Optional.of(Duration.ZERO)));
        tally.count(move(Stack.LIBP2P, MoveOutcome.OLD_PEER, Optional.empty()));
        tally.count(move(Stack.LEGACY, MoveOutcome.SETTLED, Optional.empty()));

        assertThat(tally.tallies().outcomes())
                .isEqualTo(Map.of(
                        Stack.LIBP2P, Map.of(MoveOutcome.SETTLED, 2L, MoveOutcome.OLD_PEER, 1L),
                        Stack.LEGACY, Map.of(MoveOutcome.SETTLED, 1L)));
        assertThat(tally.tallies().gaps()).containsOnlyKeys(Stack.LIBP2P);
    }

    @Test
    void aGapIsInTheFirstClassThatHoldsIt() {
        for (Duration bound : Gaps.BOUNDS) {
            tally.count(move(Stack.LIBP2P, MoveOutcome.SETTLED, Optional.of(bound)));
        }
        tally.count(move(Stack.LIBP2P, MoveOutcome.WENT_BACK, Optional.of(Duration.ofDays(3))));

        Gaps gaps = tally.tallies().gaps().get(Stack.LIBP2P);
        assertThat(gaps.counts()).hasSize(Gaps.BOUNDS.size() + 1).containsOnly(1L);
        assertThat(gaps.sum()).isEqualTo(Gaps.BOUNDS.stream().reduce(Duration.ofDays(3), Duration::plus));
    }

    @Test
    void aGapJustBeyondABoundIsInTheNextClass() {
        tally.count(move(
                Stack.LEGACY,
                MoveOutcome.SETTLED,
                Optional.of(Gaps.BOUNDS.getFirst().plusNanos(1))));

        assertThat(tally.tallies().gaps().get(Stack.LEGACY).counts()).startsWith(0L, 1L);
    }

    private static JournalEntry.Moved move(Stack to, MoveOutcome outcome, Optional<Duration> gap) {
        return new JournalEntry.Moved(
                Instant.EPOCH,
                new PeerKey.OfAddress(new PeerAddress(IpAddress.of((byte) 1, (byte) 2, (byte) 3, (byte) 4), 9798)),
                to,
                outcome,
                gap,
                "a test",
                "");
    }
}
