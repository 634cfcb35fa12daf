package proteus.domain.comparison;

/**
 * What a while of measuring gave.
 *
 * @param median of all values; of the medians of the peers, if there are several
 * @param samples how many values there were, 1 or more
 * @param peers with how many peers it was measured, 1 or more
 */
public record Reading(double median, long samples, int peers) {

    /** Measured with one peer. */
    public static Reading ofOne(double median, long samples) {
        return new Reading(median, samples, 1);
    }
}
