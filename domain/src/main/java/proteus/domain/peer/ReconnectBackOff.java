package proteus.domain.peer;

import java.time.Duration;

/**
 * How long to wait before a configured peer is dialled again.
 *
 * <p>Source: neptune-cash 0.19.4, {@code network/actor.rs}.
 */
public final class ReconnectBackOff {

    private static final int DOUBLINGS = 5;
    private static final Duration LONGEST = Duration.ofHours(1);

    private ReconnectBackOff() {}

    /**
     * The wait after {@code failures} dials in a row failed: none after 0, then 2, 4, 8, 16 and 32 minutes, and 60
     * minutes from the sixth failure on.
     *
     * @throws IllegalArgumentException if {@code failures} is negative
     */
    public static Duration after(int failures) {
        if (failures < 0) {
            throw new IllegalArgumentException("negative number of failures: " + failures);
        }
        if (failures == 0) {
            return Duration.ZERO;
        }
        return failures > DOUBLINGS ? LONGEST : Duration.ofMinutes(1L << failures);
    }
}
