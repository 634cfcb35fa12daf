package proteus.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import proteus.application.port.TaskScheduler;

/** What every {@link TaskScheduler} does. */
public abstract class TaskSchedulerContract {

    /** The scheduler under test; one for each test. */
    protected abstract TaskScheduler scheduler();

    /** Lets {@code duration} pass, or makes it pass, and what falls due run. Returns at latest when {@code done} is open. */
    protected abstract void pass(Duration duration, CountDownLatch done);

    @Test
    void aTaskRunsOnceAfterItsDelayAndNotBefore() {
        TaskScheduler scheduler = scheduler();
        CountDownLatch done = new CountDownLatch(1);
        List<Instant> ran = new CopyOnWriteArrayList<>();
        Instant start = scheduler.instant();

        scheduler.schedule(Duration.ofMillis(20), () -> {
            ran.add(scheduler.instant());
            done.countDown();
        });
        pass(Duration.ofMillis(50), done);

        assertThat(ran).hasSize(1);
        // Wall clock and timer may differ by the clock's grain.
        assertThat(ran.getFirst()).isAfterOrEqualTo(start.plusMillis(18));
    }

    @Test
    void aTaskWithoutDelayRunsToo() {
        CountDownLatch done = new CountDownLatch(2);

        TaskScheduler scheduler = scheduler();
        scheduler.schedule(Duration.ofSeconds(-5), done::countDown);
        scheduler.schedule(Duration.ZERO, done::countDown);
        pass(Duration.ofMillis(1), done);

        assertThat(done.getCount()).isZero();
    }

    @Test
    void aCancelledTaskDoesNotRun() {
        TaskScheduler scheduler = scheduler();
        CountDownLatch done = new CountDownLatch(1);
        List<String> ran = new CopyOnWriteArrayList<>();

        TaskScheduler.Timeout timeout = scheduler.schedule(Duration.ofMillis(10), () -> ran.add("cancelled"));
        timeout.cancel();
        timeout.cancel();
        scheduler.schedule(Duration.ofMillis(30), done::countDown);
        pass(Duration.ofMillis(50), done);

        assertThat(ran).isEmpty();
        assertThat(done.getCount()).isZero();
    }

    @Test
    void theOtherClockGoesOnWithTheTimersAndNeverBack() {
        TaskScheduler scheduler = scheduler();
        CountDownLatch done = new CountDownLatch(1);
        List<Long> ran = new CopyOnWriteArrayList<>();
        long start = scheduler.nanos();

        scheduler.schedule(Duration.ofMillis(20), () -> {
            ran.add(scheduler.nanos() - start);
            done.countDown();
        });
        pass(Duration.ofMillis(50), done);

        assertThat(ran).hasSize(1);
        assertThat(ran.getFirst()).isGreaterThanOrEqualTo(18_000_000);
        assertThat(scheduler.nanos() - start).isGreaterThanOrEqualTo(ran.getFirst());
    }

    @Test
    void aTaskThatThrowsDoesNotStopOthers() {
        TaskScheduler scheduler = scheduler();
        CountDownLatch done = new CountDownLatch(1);

        scheduler.schedule(Duration.ofMillis(1), () -> {
            throw new IllegalStateException("on purpose");
        });
        scheduler.schedule(Duration.ofMillis(5), done::countDown);
        pass(Duration.ofMillis(50), done);

        assertThat(done.getCount()).isZero();
    }

    @Test
    void tasksRunInTheOrderOfTheirDueTimes() {
        TaskScheduler scheduler = scheduler();
        CountDownLatch done = new CountDownLatch(3);
        List<Integer> ran = new CopyOnWriteArrayList<>();

        for (int delay : new int[] {60, 5, 30}) {
            scheduler.schedule(Duration.ofMillis(delay), () -> {
                ran.add(delay);
                done.countDown();
            });
        }
        pass(Duration.ofMillis(100), done);

        assertThat(ran).containsExactly(5, 30, 60);
    }
}
