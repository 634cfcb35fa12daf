package proteus.bootstrap.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import proteus.application.port.JournalEntry;
import proteus.application.port.MoveOutcome;
import proteus.application.port.Stack;
import proteus.bootstrap.legacy.SpeaksLegacy;

@SpeaksLegacy
final class MovesTest {

    private static JournalEntry.Moved moved(MoveOutcome outcome, Optional<Duration> gap) {
        return new JournalEntry.Moved(
                DemoStates.START,
                DemoStates.key(DemoStates.address("127.0.0.1:40000")),
                Stack.LIBP2P,
                outcome,
                gap,
                "",
                "");
    }

    private static JournalEntry.Moved settled(int millis) {
        return moved(MoveOutcome.SETTLED, Optional.of(Duration.ofMillis(millis)));
    }

    @Test
    void theJournalsOfAllNodesAreCountedByOutcome() {
        Moves moves = Moves.of(new DemoStates()
                .moved(Role.P1, settled(9), moved(MoveOutcome.LATER, Optional.empty()))
                .moved(Role.P2, settled(1), settled(2))
                .moved(Role.P5, moved(MoveOutcome.FELL_BACK, Optional.of(Duration.ofMillis(2600))))
                .state());

        assertThat(moves.count(MoveOutcome.SETTLED)).isEqualTo(3);
        assertThat(moves.count(MoveOutcome.LOST)).isZero();
        assertThat(moves.lines())
                .containsExactly(
                        "  settled: 3, gap 2.0 ms in the median, 9.0 ms at most",
                        "  later: 1, nothing was given up for it",
                        "  fell-back: 1, gap 2.6 s in the median, 2.6 s at most");
    }
}
