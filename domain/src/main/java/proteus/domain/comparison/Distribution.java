package proteus.domain.comparison;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How measured values are distributed over fixed buckets: what a {@link Histogram} held at a moment.
 *
 * @param bounds the greatest value of each bucket but the last, which has none; ascending
 * @param counts how many values fell into each bucket; one more than there are bounds, each 0 or more
 * @param sum of all values; {@link Double#MAX_VALUE} at most
 */
public record Distribution(List<Double> bounds, List<Long> counts, double sum) {

    public Distribution {
        bounds = List.copyOf(bounds);
        counts = List.copyOf(counts);
        if (counts.size() != bounds.size() + 1) {
            throw new IllegalArgumentException(counts.size() + " counts for " + bounds.size() + " bounds");
        }
    }

    /** How many values there are; {@link Long#MAX_VALUE} at most. */
    public long count() {
        long count = 0;
        for (long inBucket : counts) {
            count = Long.MAX_VALUE - count < inBucket ? Long.MAX_VALUE : count + inBucket;
        }
        return count;
    }

    /** The mean; empty if there are no values. */
    public OptionalDouble mean() {
        long count = count();
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
    }

    /** The median, see {@link #quantile}. */
    public OptionalDouble median() {
        return quantile(0.5);
    }

    /**
     * The value below which a part of all values lies, as well as the buckets tell: within the bucket it is drawn on a
     * straight line, and in the last one it is that one's lower bound.
     *
     * @param part 0 to 1
     * @return empty if there are no values
     */
    public OptionalDouble quantile(double part) {
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException("quantile " + part);
        }
        long count = count();
        if (count == 0) {
            return OptionalDouble.empty();
        }
        double rank = part * count;
        double below = 0;
        for (int bucket = 0; bucket < bounds.size(); bucket++) {
            long inBucket = counts.get(bucket);
            if (inBucket > 0 && below + inBucket >= rank) {
                double lower = bucket == 0 ? 0 : bounds.get(bucket - 1);
                return OptionalDouble.of(lower + (bounds.get(bucket) - lower) * (rank - below) / inBucket);
            }
            below += inBucket;
        }
        return OptionalDouble.of(bounds.isEmpty() ? 0 : bounds.getLast());
    }
}
