package proteus.domain.peer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a peer may be challenged to prove its chain, and how long it may take.
 *
 * <p>Source: neptune-cash 0.19.4, {@code peer_loop.rs}.
 */
public final class SyncChallengeTiming {

    /** How long a peer is not challenged again after it passed. */
    public static final Duration COOLDOWN = Duration.ofMinutes(10);

    /** How long a right answer may take. */
    public static final Duration RESPONSE_TIME = Duration.ofSeconds(200);

    private SyncChallengeTiming() {}

    /**
     * Whether a peer may be challenged at {@code now}: more than {@link #COOLDOWN} after it passed last.
     *
     * @param lastPassed when the peer last passed; empty if it never did
     */
    public static boolean mayChallenge(Optional<Instant> lastPassed, Instant now) {
        return lastPassed.isEmpty() || Duration.between(lastPassed.get(), now).compareTo(COOLDOWN) > 0;
    }

    /** Whether the answer that came at {@code answered} to the challenge of {@code issued} is in time. */
    public static boolean isInTime(Instant issued, Instant answered) {
        return Duration.between(issued, answered).compareTo(RESPONSE_TIME) <= 0;
    }
}
