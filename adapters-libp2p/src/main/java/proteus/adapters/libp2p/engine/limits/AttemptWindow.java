package proteus.adapters.libp2p.engine.limits;

import java.util.Arrays;

/** The times of the last attempts of one source, as many as are allowed within a minute. For one thread at a time. */
final class AttemptWindow {

    static final long LENGTH_MILLIS = 60_000;

    private final long[] times;
    private int next;

    AttemptWindow(int attempts) {
        times = new long[attempts];
        Arrays.fill(times, Long.MIN_VALUE);
    }

    /** Notes an attempt, and says whether there were fewer than allowed within the minute before. */
    boolean attempt(long now) {
        long oldest = times[next];
        times[next] = now;
        next = (next + 1) % times.length;
        return hasPassed(oldest, now);
    }

    /** Whether a whole minute has gone without an attempt, so that nothing is left to remember. */
    boolean isOver(long now) {
        return hasPassed(times[(next + times.length - 1) % times.length], now);
    }

    private static boolean hasPassed(long time, long now) {
        return time <= now - LENGTH_MILLIS;
    }
}
