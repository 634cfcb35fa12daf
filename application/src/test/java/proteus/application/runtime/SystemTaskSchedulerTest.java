package proteus.application.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import proteus.application.contract.TaskSchedulerContract;
import proteus.application.port.TaskScheduler;

final class SystemTaskSchedulerTest extends TaskSchedulerContract {

    private final SystemTaskScheduler scheduler = new SystemTaskScheduler("test-timer");

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Override
    protected TaskScheduler scheduler() {
        return scheduler;
    }

    @Override
    protected void pass(Duration duration, CountDownLatch done) {
        try {
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aClosedSchedulerDropsTasks() {
        scheduler.close();

        scheduler.schedule(Duration.ZERO, () -> {}).cancel();
    }

    @Test
    void anEndlessDelayDoesNotOverflow() {
        scheduler.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> {}).cancel();
    }
}
