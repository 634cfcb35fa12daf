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

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing((Task task) -> task.due).thenComparing(task -> task.number));
    private Instant now = START;
    private long nanos;
    private long scheduled;

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
        notifyAll();
        return () -> remove(entry);
    }

    /** Moves time forward, stopping at each task that falls due on the way to run it. */
    public void advance(Duration duration) {
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

    private synchronized void remove(Task task) {
        tasks.remove(task);
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
