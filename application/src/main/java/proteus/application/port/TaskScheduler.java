package proteus.application.port;

import java.time.Duration;
import java.time.InstantSource;

/**
 * The node's clock and its only timer.
 *
 * <p>Safe for use by many threads. Tasks run on a thread of the scheduler's own and must be short: post an event, close
 * a channel. Tests use a twin whose time stands still until they move it.
 */
public interface TaskScheduler extends InstantSource {

    /**
     * How long it has been since some moment, in nanoseconds: a clock that never goes back, whatever becomes of the one that
     * {@link #instant} reads, which may be set. Only differences mean anything; they may overflow after 292 years.
     */
    long nanos();

    /**
     * Runs {@code task} once, {@code delay} from now; at once if the delay is zero or negative.
     *
     * <p>A task that throws is logged and does not stop others. Tasks due at the same instant run in the order in which
     * they were scheduled.
     */
    Timeout schedule(Duration delay, Runnable task);

    /** A task that has been scheduled. */
    interface Timeout {

        /** Keeps the task from running. Does nothing if it has run, runs now, or was cancelled before. */
        void cancel();
    }
}
