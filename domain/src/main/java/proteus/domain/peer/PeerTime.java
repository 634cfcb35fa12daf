package proteus.domain.peer;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * A peer's clock as its handshake tells it.
 *
 * <p>Its range is that of upstream's system time, which reaches further than {@link Instant}: a peer may send any such
 * value, and it has to be refused for its clock, not for its bytes. Source: serde's form of {@code SystemTime}.
 *
 * @param seconds whole seconds since the Unix epoch, not negative
 * @param nanos nanoseconds within the second, in {@code [0, 999999999]}
 */
public record PeerTime(long seconds, int nanos) {

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    public PeerTime {
        if (seconds < 0) {
            throw new IllegalArgumentException("time before the epoch: " + seconds + " s");
        }
        if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
            throw new IllegalArgumentException("nanoseconds outside one second: " + nanos);
        }
    }

    /**
     * The time that {@code instant} names.
     *
     * @throws IllegalArgumentException if it lies before the epoch
     */
    public static PeerTime of(Instant instant) {
        return new PeerTime(instant.getEpochSecond(), instant.getNano());
    }

    /** The same time as an instant; empty if it lies beyond {@link Instant#MAX}. */
    public Optional<Instant> toInstant() {
        try {
            return Optional.of(Instant.ofEpochSecond(seconds, nanos));
        } catch (DateTimeException | ArithmeticException beyondRange) {
            return Optional.empty();
        }
    }
}
