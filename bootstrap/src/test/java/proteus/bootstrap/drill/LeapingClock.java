package proteus.bootstrap.drill;

import java.time.Duration;
import java.time.Instant;
import proteus.application.port.TaskScheduler;

/**
 * The system's clock, ahead by what it leapt: who may do something three times a minute need not be waited for. Timers take
 * as long as they do. Safe for use by many threads.
 */
final class LeapingClock implements TaskScheduler {

    private final TaskScheduler system;
    private volatile Duration ahead = Duration.ZERO;

    LeapingClock(TaskScheduler system) {
        this.system = system;
    }

    /** For one thread. */
    void leap(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
        return system.instant().plus(ahead);
    }

    @Override
    public long nanos() {
        return system.nanos() + ahead.toNanos();
    }

    @Override
    public Timeout schedule(Duration delay, Runnable task) {
        return system.schedule(delay, task);
    }
}
