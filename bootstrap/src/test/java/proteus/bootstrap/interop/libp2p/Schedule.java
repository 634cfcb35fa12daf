package proteus.bootstrap.interop.libp2p;

import java.io.IOException;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/** What is to be done later on an event loop: in order of time, and of what is due at once in the order given. */
final class Schedule {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LongSupplier nanos;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private long numbered;

    private record Due(long at, long number, Action action) {}

    /** What is done. */
    interface Action {
        void run() throws IOException;
    }

    /** With this clock, which only goes forward. */
    Schedule(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Does this after so many nanoseconds. */
    void after(long delay, Action action) {
        due.add(new Due(nanos.getAsLong() + delay, numbered++, action));
    }

    /** Does what is due. */
    void runDue() throws IOException {
        while (!due.isEmpty() && due.element().at() - nanos.getAsLong() <= 0) {
            due.remove().action().run();
        }
    }

    /** Milliseconds until something is due, at least one; 0 if nothing is scheduled. */
    long millisToNext() {
        if (due.isEmpty()) {
            return 0;
        }
        return Math.max(1, (due.element().at() - nanos.getAsLong() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }
}
