package proteus.adapters.libp2p.engine.ping;

import java.time.Duration;
import java.util.Optional;

/**
 * When a stream's pings are sent, and how long they may take.
 *
 * @param interval from an echo to the next ping, positive; if empty, pings are sent on demand only
 * @param timeout how long the echo may take, positive
 */
public record PingSettings(Optional<Duration> interval, Duration timeout) {

    /** @throws IllegalArgumentException if one of the durations is not positive */
    public PingSettings {
        interval.ifPresent(PingSettings::requirePositive);
        requirePositive(timeout);
    }

    private static void requirePositive(Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("not a positive duration: " + duration);
        }
    }
}
