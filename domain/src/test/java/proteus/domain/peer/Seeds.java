package proteus.domain.peer;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** The seeds of property tests. A failure names its seed, which repeats it. */
final class Seeds {

    private Seeds() {}

    static LongStream some() {
        return LongStream.range(0, 200);
    }

    static void check(long seed, Property property) {
        try {
            property.holdsFor(new SplittableRandom(seed));
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
        }
    }

    @FunctionalInterface
    interface Property {
        void holdsFor(RandomGenerator random);
    }
}
