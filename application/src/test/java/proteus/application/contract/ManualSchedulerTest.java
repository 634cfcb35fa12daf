package proteus.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import proteus.application.port.TaskScheduler;

final class ManualSchedulerTest extends TaskSchedulerContract {

    private final ManualScheduler scheduler = new ManualScheduler();

    @Override
    protected TaskScheduler scheduler() {
        return scheduler;
    }

    @Override
    protected void pass(Duration duration, CountDownLatch done) {
        scheduler.advance(duration);
    }

    @Test
    void aClockThatIsSetChangesNothingForTheOther() {
        scheduler.advance(Duration.ofSeconds(1));
        scheduler.jumpTo(ManualScheduler.START.minusSeconds(1_000_000));
        scheduler.advance(Duration.ofSeconds(2));

        assertThat(scheduler.nanos()).isEqualTo(3_000_000_000L);
    }
}
