package proteus.domain.peer;

import java.time.Duration;

/** How far two nodes' clocks are apart, which the two stacks measure differently. */
final class ClockDifference {

    /** The most that is tolerated. */
    static final Duration MAX = Duration.ofSeconds(90);

    private ClockDifference() {}

    /** As the legacy stack asks, before fractions are looked at: 0.0 and 90.9 are fine, 0.9 and 91.0 are not. */
    static boolean isTooGreatInWholeSeconds(PeerTime left, PeerTime right) {
        // Neither is negative, so nothing overflows.
        return Math.abs(left.seconds() - right.seconds()) > MAX.toSeconds();
    }

    /** As the gateway asks: to the nanosecond. */
    static boolean isTooGreat(PeerTime left, PeerTime right) {
        return sinceEpoch(left).minus(sinceEpoch(right)).abs().compareTo(MAX) > 0;
    }

    private static Duration sinceEpoch(PeerTime time) {
        return Duration.ofSeconds(time.seconds(), time.nanos());
    }
}
