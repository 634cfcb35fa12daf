package proteus.application.contract;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import proteus.application.port.Randomness;

/** Random choices that a seed repeats. */
public final class SeededRandomness implements Randomness {

    private final RandomGenerator generator;

    /** The choices of {@code seed}. */
    public SeededRandomness(long seed) {
        generator = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    @Override
    public synchronized long nextLong() {
        return generator.nextLong();
    }

    @Override
    public synchronized int below(int bound) {
        return generator.nextInt(bound);
    }
}
