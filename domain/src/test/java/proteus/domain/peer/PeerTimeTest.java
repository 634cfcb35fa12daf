package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PeerTimeTest {

    @Test
    void anInstantComesBack() {
        Instant instant = Instant.parse("2026-11-24T15:00:00.123456789Z");

        assertThat(PeerTime.of(instant).toInstant()).contains(instant);
        assertThat(PeerTime.of(Instant.MAX).toInstant()).contains(Instant.MAX);
    }

    @Test
    void aTimeThatNoInstantCanNameIsStillATime() {
        assertThat(new PeerTime(Long.MAX_VALUE, 999_999_999).toInstant()).isEmpty();
        assertThat(new PeerTime(Instant.MAX.getEpochSecond() + 1, 0).toInstant())
                .isEmpty();
    }

    @Test
    void timesBeforeTheEpochAndCrookedNanosecondsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PeerTime.of(Instant.EPOCH.minusNanos(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new PeerTime(0, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new PeerTime(0, 1_000_000_000));
    }
}
