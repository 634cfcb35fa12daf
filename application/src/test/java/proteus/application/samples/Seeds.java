package proteus.application.samples;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** The seeds of property tests. A failure names its seed, which repeats it. */
public final class Seeds {

    private Seeds() {}

    /** The seeds that every property is tried with. */
    public static LongStream some() {
        return LongStream.range(0, 200);
    }

    /** Tries {@code property} with the generator of {@code seed}. */
    public static void check(long seed, Property property) {
        try {
            property.holdsFor(new SplittableRandom(seed));
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
        }
    }

    /** What must hold for whatever the generator gives. */
    @FunctionalInterface
    public interface Property {

        /** Fails if it does not hold. */
        void holdsFor(RandomGenerator random);
    }
}
