package proteus.application.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import proteus.application.contract.ManualScheduler;
import proteus.domain.peer.IpAddress;

class ChallengeTurnsTest {

    private static final IpAddress FIRST = new IpAddress.V4(1);
    private static final IpAddress SECOND = new IpAddress.V4(2);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualScheduler clock = new ManualScheduler();
    private final AtomicInteger asked = new AtomicInteger();
    private final ChallengeTurns turns = new ChallengeTurns(clock, asked::incrementAndGet);

    @Test
    void othersWaitForTheFirstAndAreAskedWhenItTakesLong() {
        ChallengeTurn first = turns.take(FIRST).orElseThrow();
        assertThat(turns.take(SECOND)).isEmpty();

        clock.advance(ChallengeTurns.TURN.minusMillis(1));
        assertThat(asked).hasValue(0);
        assertThat(turns.isFree(SECOND)).isFalse();
        clock.advance(Duration.ofMillis(1));

        assertThat(asked).hasValue(1);
        assertThat(turns.take(SECOND)).isPresent();
        assertThat(turns.open()).isEqualTo(2);
        turns.failed(first);
        assertThat(turns.open()).isEqualTo(1);
        // It was no longer its turn, so that of the other goes on.
        assertThat(turns.isFree(new IpAddress.V4(3))).isFalse();
        assertThat(asked).hasValue(1);
    }

    @Test
    void nobodyIsAskedWhereNobodyWaits() {
        turns.take(FIRST).orElseThrow();

        clock.advance(MINUTE);

        assertThat(asked).hasValue(0);
    }

    @Test
    void whoFailsGivesItsTurnToOthersAndHasNoneForTenMinutes() {
        ChallengeTurn first = turns.take(FIRST).orElseThrow();
        assertThat(turns.isFree(SECOND)).isFalse();

        turns.failed(first);

        assertThat(asked).hasValue(1);
        assertThat(turns.isFree(FIRST)).isFalse();
        assertThat(turns.isFree(SECOND)).isTrue();
        clock.advance(ChallengeTurns.AFTER_FAILURE);
        assertThat(turns.isFree(FIRST)).isTrue();
    }

    @Test
    void whoPassesFreesTheTurnAndOthersAreAskedOnlyIfNoSyncBegins() {
        ChallengeTurn first = turns.take(FIRST).orElseThrow();
        assertThat(turns.isFree(SECOND)).isFalse();
        turns.passed(first, true);
        assertThat(asked).hasValue(0);

        ChallengeTurn again = turns.take(FIRST).orElseThrow();
        assertThat(turns.isFree(SECOND)).isFalse();
        turns.passed(again, false);
        assertThat(asked).hasValue(1);
    }

    @Test
    void thePauseAfterFailedSyncsDoublesUntilOneIsFinished() {
        Duration pause = MINUTE;
        for (int failure = 1; failure <= 8; failure++) {
            turns.syncFailed();
            clock.advance(pause.minusMillis(1));
            assertThat(turns.isFree(FIRST)).isFalse();
            clock.advance(Duration.ofMillis(1));
            assertThat(turns.isFree(FIRST)).isTrue();
            assertThat(asked).hasValue(failure);
            pause = failure < 6 ? pause.multipliedBy(2) : Duration.ofMinutes(60);
        }

        turns.syncFailed();
        turns.syncFinished();
        assertThat(turns.isFree(FIRST)).isTrue();
        turns.syncFailed();
        clock.advance(MINUTE);
        assertThat(turns.isFree(FIRST)).isTrue();
    }
}
