package proteus.domain.hash;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import proteus.domain.field.BFieldElement;
import proteus.domain.field.BFieldElements;
import proteus.domain.generator.Elements;

/**
 * How long one permutation takes: alone, for a pair of digests and within a long sequence; beside the multiplications
 * that no implementation can do without.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Tip5Benchmark {

    private static final int LENGTH = 16_384;

    /** Ten elements in each, the last one padded. */
    private static final int PERMUTATIONS = LENGTH / Tip5.RATE + 1;

    private final Tip5Permutation permutation = new Tip5Permutation();
    private final long[] powers = new SplittableRandom(1).longs(12).toArray();
    private final BFieldElements sequence = Elements.elements(new SplittableRandom(1), LENGTH);
    private Digest digest = new Digest(1, 2, 3, 4, 5);

    /** The baseline: the 240 field multiplications of one permutation, in twelve chains as there. */
    @Benchmark
    public long[] multiplications() {
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < powers.length; i++) {
                long x = powers[i];
                long square = BFieldElement.multiplyLazily(x, x);
                long cube = BFieldElement.multiplyLazily(square, x);
                long fourth = BFieldElement.multiplyLazily(square, square);
                powers[i] = BFieldElement.multiplyLazily(cube, fourth);
            }
        }
        return powers;
    }

    /** One permutation after another of the same state. */
    @Benchmark
    public Object permutation() {
        permutation.permute();
        return permutation;
    }

    /** The hash of two digests, each time those of the time before. */
    @Benchmark
    public Digest hashPair() {
        digest = Tip5.hashPair(digest, digest);
        return digest;
    }

    /** The hash of 16,384 elements, divided by its 1,639 permutations. */
    @Benchmark
    @OperationsPerInvocation(PERMUTATIONS)
    public Digest hashVarlen() {
        return Tip5.hashVarlen(sequence);
    }
}
