package proteus.domain.comparison;

import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Counts the values of the last while in fixed buckets, in memory that does not grow: a ring of {@value #PARTS} parts of the
 * window and one that is being filled, 2 bytes a bucket each, taken at the first value of each. The window slides by a part
 * at a time, and so is up to a part longer than it is to be.
 *
 * <p>Time is that of a clock that does not go back, in nanoseconds; should it go back all the same, it stands still here.
 * Counters that are full, at 65,535, stay so until their part is over. Not safe for use by several threads at once.
 */
public final class SlidingHistogram {

    /** Into how many parts a window is cut. */
    static final int PARTS = 5;

    private final Buckets buckets;
    private final long partNanos;
    private final char[] @Nullable [] ring = new char[PARTS + 1][];
    private long part = Long.MIN_VALUE;

    /**
     * Without values.
     *
     * @param windowNanos how long a value counts, in nanoseconds; positive
     */
    public SlidingHistogram(Buckets buckets, long windowNanos) {
        if (windowNanos <= 0) {
            throw new IllegalArgumentException("window of " + windowNanos + " ns");
        }
        this.buckets = buckets;
        partNanos = Math.max(1, windowNanos / PARTS);
    }

    /**
     * Counts a value.
     *
     * @return false if it is negative, infinite or no number, so that it does not count
     */
    public boolean record(double value, long now) {
        if (!Buckets.isMeasurable(value)) {
            return false;
        }
        slideTo(now);
        int index = Math.floorMod(part, ring.length);
        char[] counts = ring[index];
        if (counts == null) {
            counts = new char[buckets.count()];
            ring[index] = counts;
        }
        int bucket = buckets.indexOf(value);
        if (counts[bucket] < Character.MAX_VALUE) {
            counts[bucket]++;
        }
        return true;
    }

    private void slideTo(long now) {
        long next = Math.floorDiv(now, partNanos);
        if (part == Long.MIN_VALUE) {
            part = next;
        }
        // What no reader has asked for in a whole window is forgotten at once.
        for (long steps = steps(next); steps > 0; steps--) {
            ring[Math.floorMod(next - steps + 1, ring.length)] = null;
        }
        part = Math.max(part, next);
    }

    /** By how many parts to slide; never more than there are. */
    private long steps(long next) {
        if (next <= part) {
            return 0;
        }
        long steps = next - part;
        return steps < 0 ? ring.length : Math.min(steps, ring.length);
    }

    /** What the window holds; empty if that is nothing. */
    public Optional<Reading> reading(long now) {
        slideTo(now);
        long[] counts = new long[buckets.count()];
        for (char[] inPart : ring) {
            for (int bucket = 0; inPart != null && bucket < counts.length; bucket++) {
                counts[bucket] += inPart[bucket];
            }
        }
        Distribution distribution = buckets.with(counts, 0);
        OptionalDouble median = distribution.median();
        return median.isEmpty()
                ? Optional.empty()
                : Optional.of(new Reading(median.getAsDouble(), distribution.count()));
    }

    /** Forgets all. */
    public void clear() {
        for (int i = 0; i < ring.length; i++) {
            ring[i] = null;
        }
    }
}
