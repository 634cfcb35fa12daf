package planted.application.runtime;

import java.time.Instant;
import java.time.InstantSource;

/** The time port for real. */
public final class InnocentTime implements InstantSource {
    @Override
    public Instant instant() {
        return Instant.now();
    }
}
