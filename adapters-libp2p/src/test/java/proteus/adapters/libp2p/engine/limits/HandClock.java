package proteus.adapters.libp2p.engine.limits;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes when it is told to. For one thread. */
final class HandClock implements InstantSource {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** Moves the hands, back if {@code step} is negative. */
    void move(Duration step) {
        now = now.plus(step);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
