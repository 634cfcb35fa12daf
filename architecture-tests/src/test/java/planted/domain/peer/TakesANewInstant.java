package planted.domain.peer;

import java.time.Instant;
import java.util.function.Supplier;

/** Looks at the clock by a method reference. */
public final class TakesANewInstant {
    public Supplier<Instant> clock() {
        return Instant::now;
    }
}
