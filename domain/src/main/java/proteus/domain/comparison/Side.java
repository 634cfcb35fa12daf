package proteus.domain.comparison;

import java.util.Optional;

/**
 * What was measured of one stack, to be compared with the other.
 *
 * @param roundTrip of small requests, in seconds; empty if there were none
 * @param blockRate of blocks large enough to tell, in bytes a second; empty if there were none
 * @param breaks how many connections broke within the last hour
 */
public record Side(Optional<Reading> roundTrip, Optional<Reading> blockRate, int breaks) {

    /** Nothing at all. */
    public static final Side NOTHING = new Side(Optional.empty(), Optional.empty(), 0);

    /** Whether anything was measured often enough to be compared. */
    public boolean isEnough(int minSamples) {
        return enough(roundTrip, minSamples).isPresent()
                || enough(blockRate, minSamples).isPresent();
    }

    static Optional<Reading> enough(Optional<Reading> reading, int minSamples) {
        return reading.filter(measured -> measured.samples() >= minSamples);
    }
}
