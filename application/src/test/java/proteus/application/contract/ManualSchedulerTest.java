package proteus.application.contract;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
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
}
