package proteus.application.runtime;

import java.security.SecureRandom;
import proteus.application.port.Randomness;

/** The platform's cryptographic generator. Safe for use by many threads. */
public final class SecureRandomness implements Randomness {

    private final SecureRandom random = new SecureRandom();

    @Override
    public long nextLong() {
        return random.nextLong();
    }

    @Override
    public int below(int bound) {
        return random.nextInt(bound);
    }
}
