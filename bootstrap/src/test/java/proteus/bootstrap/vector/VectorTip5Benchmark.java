package proteus.bootstrap.vector;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import proteus.domain.field.BFieldElement;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.hash.PermutationKernel;
import proteus.domain.hash.Tip5;
import proteus.domain.hash.Tip5Parameters;

/** How long one permutation takes, alone and within a long sequence, with vectors and beside that without them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class VectorTip5Benchmark {

    private static final int LENGTH = 16_384;

    /** Ten elements in each, the last one padded. */
    private static final int PERMUTATIONS = LENGTH / Tip5.RATE + 1;

    @Param({"vector", "portable"})
    private String kernel = "";

    private final long[] state = new SplittableRandom(1).longs(16).toArray();
    private final long[] work = new long[Tip5Parameters.WORK_SIZE];
    private final BFieldElements sequence = BFieldElements.owning(
            new SplittableRandom(1).longs(LENGTH).map(BFieldElement::reduce).toArray());
    private PermutationKernel chosen = Tip5.PORTABLE;

    /** Lets the process use the kernel. */
    @Setup(Level.Trial)
    public void choose() {
        if (kernel.equals("vector")) {
            chosen = new VectorPermutation();
            new WarmUp(System::nanoTime).run(chosen, Tip5.PORTABLE);
            Tip5.accelerate(chosen);
        }
    }

    /** One permutation after another of the same state. */
    @Benchmark
    public long[] permutation() {
        chosen.permute(state, work);
        return state;
    }

    /** The hash of 16,384 elements, divided by its 1,639 permutations. */
    @Benchmark
    @OperationsPerInvocation(PERMUTATIONS)
    public Digest hashVarlen() {
        return Tip5.hashVarlen(sequence);
    }
}
