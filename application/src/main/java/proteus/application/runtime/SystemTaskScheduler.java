package proteus.application.runtime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import proteus.application.port.TaskScheduler;

/** The system clock, and one daemon thread for timers. Safe for use by many threads. */
public final class SystemTaskScheduler implements TaskScheduler, AutoCloseable {

    private static final Logger LOG = System.getLogger(SystemTaskScheduler.class.getName());

    private static final Timeout NOTHING = () -> {};

    private final ScheduledThreadPoolExecutor executor;

    /** A scheduler whose thread bears {@code name}. */
    public SystemTaskScheduler(String name) {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(name).daemon(true).factory());
        // Sessions cancel far more timers than ever fire; kept, they would hold their sessions in memory.
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    /** As the port says; after {@link #close} the task is dropped. */
    @Override
    public Timeout schedule(Duration delay, Runnable task) {
        long nanos = delay.isNegative() ? 0 : saturatedNanos(delay);
        try {
            ScheduledFuture<?> future = executor.schedule(() -> run(task), nanos, TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
            LOG.log(Level.DEBUG, "scheduler is closed; task dropped");
            return NOTHING;
        }
    }

    /** Stops the thread; tasks that are not due yet never run. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static long saturatedNanos(Duration delay) {
        // 100 years: beyond that a nanosecond count overflows, and nobody waits.
        return delay.compareTo(Duration.ofDays(36_500)) > 0
                ? Duration.ofDays(36_500).toNanos()
                : delay.toNanos();
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            LOG.log(Level.ERROR, "a scheduled task failed", failure);
        }
    }
}
