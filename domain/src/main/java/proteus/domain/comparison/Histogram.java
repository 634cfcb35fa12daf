package proteus.domain.comparison;

/**
 * Counts values in fixed buckets, in memory that does not grow: 8 bytes a bucket, taken at the first value.
 *
 * <p>Counters that are full stay so, and do not begin anew. Not safe for use by several threads at once.
 */
public final class Histogram {

    private static final long[] NONE = {};

    private final Buckets buckets;
    private long[] counts = NONE;
    private double sum;

    /** Without values. */
    public Histogram(Buckets buckets) {
        this.buckets = buckets;
    }

    /**
     * Counts a value.
     *
     * @return false if it is negative, infinite or no number, so that it does not count
     */
    public boolean record(double value) {
        return record(value, 1);
    }

    /**
     * Counts a value that came {@code times} times.
     *
     * @param times 0 or more
     * @return false if the value is negative, infinite or no number, so that it does not count
     */
    public boolean record(double value, long times) {
        if (!Buckets.isMeasurable(value)) {
            return false;
        }
        if (counts.length == 0) {
            counts = new long[buckets.count()];
        }
        int bucket = buckets.indexOf(value);
        counts[bucket] = Long.MAX_VALUE - counts[bucket] < times ? Long.MAX_VALUE : counts[bucket] + times;
        sum = Math.min(sum + value * times, Double.MAX_VALUE);
        return true;
    }

    /** What it holds now. */
    public Distribution snapshot() {
        return counts.length == 0 ? buckets.empty() : buckets.with(counts, sum);
    }

    /** Without values, over {@code buckets}. */
    public static Distribution empty(Buckets buckets) {
        return buckets.empty();
    }
}
