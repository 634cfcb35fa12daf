package proteus.application.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import proteus.application.port.TaskScheduler;

/** A clock that stands still until {@link #advance} moves it, and runs what falls due on the caller's thread. */
public final class ManualScheduler implements TaskScheduler {

    /** When time begins; a moment at which regtest's genesis is past. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A step below this passes at once: who makes many of them has a pace of its own. */
    private static final Duration STEP = Duration.ofSeconds(1);

    private static final Duration QUIET = Duration.ofMillis(5);

    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing((Task task) -> task.due).thenComparing(task -> task.number));
    private final boolean followed;
    private Instant now = START;
    private long changes;
    private long nanos;
    private long scheduled;

    /** A clock that nobody follows but who advances it. */
    public ManualScheduler() {
        this(false);
    }

    private ManualScheduler(boolean followed) {
        this.followed = followed;
    }

    /**
     * A clock for threads that go on by themselves. Before a second or more passes it waits until for some milliseconds nothing was
     * scheduled or taken back: what began before that step has set its timers then, and does not miss the step.
     */
    public static ManualScheduler followed() {
        return new ManualScheduler(true);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** How far it was advanced; a jump does not change it. */
    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Timeout schedule(Duration delay, Runnable task) {
        Task entry = new Task(now.plus(delay.isNegative() ? Duration.ZERO : delay), scheduled++, task);
        tasks.add(entry);
        changes++;
        notifyAll();
        return () -> remove(entry);
    }

    /** Moves time forward, stopping at each task that falls due on the way to run it. */
    public void advance(Duration duration) {
        if (followed && duration.compareTo(STEP) >= 0) {
            awaitQuiet();
        }
        Instant target = instant().plus(duration);
        for (Task task = nextDue(target); task != null; task = nextDue(target)) {
            try {
                task.run.run();
            } catch (RuntimeException failure) {
                failures++;
            }
        }
        setNow(target);
    }

    /** Moves the clock without running anything, backwards too: what a clock correction does. */
    public synchronized void jumpTo(Instant instant) {
        now = instant;
    }

    /** How many tasks wait. */
    public synchronized int waiting() {
        return tasks.size();
    }

    /** Waits until another thread has scheduled so much that {@code count} tasks wait. */
    public synchronized void awaitWaiting(int count) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (tasks.size() < count) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError(tasks.size() + " tasks wait, not " + count);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** How many tasks threw. */
    public synchronized int failures() {
        return failures;
    }

    private int failures;

    private synchronized void awaitQuiet() {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        long quietSince = System.nanoTime();
        long seen = changes;
        try {
            while (System.nanoTime() - quietSince < QUIET.toNanos() && System.nanoTime() - deadline < 0) {
                TimeUnit.NANOSECONDS.timedWait(this, QUIET.toNanos());
                if (changes != seen) {
                    seen = changes;
                    quietSince = System.nanoTime();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void remove(Task task) {
        tasks.remove(task);
        changes++;
    }

    private synchronized void setNow(Instant instant) {
        if (instant.isAfter(now)) {
            nanos += Duration.between(now, instant).toNanos();
        }
        now = instant;
    }

    private synchronized Task nextDue(Instant target) {
        Task first = tasks.peek();
        if (first == null || first.due.isAfter(target)) {
            return null;
        }
        tasks.remove();
        if (first.due.isAfter(now)) {
            setNow(first.due);
        }
        return first;
    }

    private record Task(Instant due, long number, Runnable run) {}
}
