package proteus.domain.comparison;

import java.time.Duration;

/**
 * From when on libp2p counts as worse than legacy, and how sure of it one has to be.
 *
 * @param window over which is compared; positive
 * @param minSamples how many values each side of a comparison needs, 1 or more
 * @param roundTripRatio libp2p is worse if a round-trip takes more than this many times as long, more than 1
 * @param roundTripDifference and longer by more than this, 0 or more: nobody feels three times of nothing
 * @param blockRateRatio libp2p is worse if blocks come this many times slower, more than 1
 * @param breaksPerHour libp2p is worse if so many more of its connections broke within an hour, 1 or more
 * @param strikes how many times in a row it has to be worse, seen once in a tenth of the window, before anything is done; 1 or more
 * @param firstWait for how long a peer that was taken back stays on legacy the first time; each time it is twice as long
 */
public record Thresholds(
        Duration window,
        int minSamples,
        double roundTripRatio,
        Duration roundTripDifference,
        double blockRateRatio,
        int breaksPerHour,
        int strikes,
        Duration firstWait) {

    /** The longest that a peer is left on legacy. */
    public static final Duration LONGEST_WAIT = Duration.ofDays(1);

    /** For a node that is told nothing. */
    public static final Thresholds DEFAULT =
            new Thresholds(Duration.ofMinutes(10), 10, 3, Duration.ofMillis(50), 3, 6, 5, Duration.ofMinutes(30));

    /** To count as good again, a figure has to be this much nearer to what it is compared with: else it would flap. */
    static final double RECOVERY = 0.75;

    public Thresholds {
        if (window.isNegative() || window.isZero() || firstWait.isNegative() || firstWait.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("a window of " + window + ", a wait of " + firstWait);
        }
        if (minSamples < 1 || breaksPerHour < 1 || strikes < 1) {
            throw new IllegalArgumentException(
                    minSamples + " samples, " + breaksPerHour + " breaks, " + strikes + " strikes");
        }
        if (!(roundTripRatio > 1 && blockRateRatio > 1) || roundTripDifference.isNegative()) {
            throw new IllegalArgumentException("ratios of " + roundTripRatio + " and " + blockRateRatio
                    + ", a difference of " + roundTripDifference);
        }
    }

    /** How often it is to be compared. */
    public Duration interval() {
        return window.dividedBy(10);
    }

    /** How long a peer stays on legacy that was taken back {@code times} times before without having been good since. */
    Duration wait(int times) {
        Duration wait = firstWait;
        for (int i = 0; i < times && wait.compareTo(LONGEST_WAIT) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
