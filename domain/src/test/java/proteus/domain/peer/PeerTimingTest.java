package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerTimingTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 2", "2, 4", "3, 8", "4, 16", "5, 32", "6, 60", "7, 60", "63, 60", "64, 60", "2147483647, 60"
    })
    void theWaitDoublesUpToAnHour(int failures, long minutes) {
        assertThat(ReconnectBackOff.after(failures)).isEqualTo(Duration.ofMinutes(minutes));
    }

    @Test
    void fewerThanNoFailuresAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ReconnectBackOff.after(-1));
    }

    @Test
    void aPeerIsChallengedAgainMoreThanTenMinutesAfterItPassed() {
        assertThat(SyncChallengeTiming.mayChallenge(Optional.empty(), START)).isTrue();
        assertThat(SyncChallengeTiming.mayChallenge(Optional.of(START), START.plusSeconds(600)))
                .isFalse();
        assertThat(SyncChallengeTiming.mayChallenge(
                        Optional.of(START), START.plusSeconds(600).plusNanos(1)))
                .isTrue();
        assertThat(SyncChallengeTiming.mayChallenge(Optional.of(START), START.minusSeconds(9999)))
                .isFalse();
    }

    @Test
    void anAnswerMayTake200Seconds() {
        assertThat(SyncChallengeTiming.isInTime(START, START.plusSeconds(200))).isTrue();
        assertThat(SyncChallengeTiming.isInTime(START, START.plusSeconds(200).plusNanos(1)))
                .isFalse();
    }
}
