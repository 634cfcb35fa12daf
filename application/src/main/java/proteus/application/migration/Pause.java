package proteus.application.migration;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import proteus.application.port.TaskScheduler;

/** Waiting by the time of the node. */
final class Pause {

    private Pause() {}

    /** Waits so long; for virtual threads. */
    static void of(Duration time, TaskScheduler scheduler) throws InterruptedException {
        if (time.isZero()) {
            return;
        }
        CountDownLatch over = new CountDownLatch(1);
        scheduler.schedule(time, over::countDown);
        over.await();
    }
}
