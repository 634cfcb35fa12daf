package proteus.bootstrap.vector;

import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import proteus.domain.hash.PermutationKernel;
import proteus.domain.hash.Tip5;

/**
 * Brings a faster Tip5 into use while the process runs, if there is one: vectors of 512 bits, where the processor has them
 * and Java was started with {@code --add-modules jdk.incubator.vector}.
 *
 * <p>On a thread of its own it lets the just-in-time compiler get at the kernel, sees that it is faster, compares it with
 * the portable one on 4,096 states, and only then lets the process use it. Whatever goes wrong until then, the portable one stays.
 */
public final class Tip5Acceleration {

    private static final System.Logger LOG = System.getLogger(Tip5Acceleration.class.getName());

    private static final String VECTORS = "jdk.incubator.vector";

    private final WarmUp warmUp;
    private final PermutationKernel portable;
    private final Consumer<PermutationKernel> accelerate;

    /**
     * @param portable what a kernel has to be faster than
     * @param accelerate takes a faster kernel into use, or throws IllegalArgumentException
     */
    Tip5Acceleration(WarmUp warmUp, PermutationKernel portable, Consumer<PermutationKernel> accelerate) {
        this.warmUp = warmUp;
        this.portable = portable;
        this.accelerate = accelerate;
    }

    /** Begins, and returns at once. */
    public static void start() {
        if (ModuleLayer.boot().findModule(VECTORS).isEmpty()) {
            LOG.log(
                    Level.DEBUG,
                    "Tip5 is computed without vectors: Java was not started with the module {0}.",
                    VECTORS);
            return;
        }
        Tip5Acceleration acceleration =
                new Tip5Acceleration(new WarmUp(System::nanoTime), Tip5.PORTABLE, Tip5::accelerate);
        Thread.ofPlatform()
                .name("tip5-warm-up")
                .daemon()
                .uncaughtExceptionHandler((thread, failure) ->
                        LOG.log(Level.WARNING, "Tip5 is computed without vectors: they failed.", failure))
                .start(() -> {
                    if (VectorPermutation.isForThisProcessor()) {
                        acceleration.run(new VectorPermutation());
                    } else {
                        LOG.log(
                                Level.INFO,
                                "Tip5 is computed without vectors: Java takes none of 512 bits on this processor.");
                    }
                });
    }

    /** Brings {@code kernel} into use if it is faster than the portable one, and does the same. */
    void run(PermutationKernel kernel) {
        WarmUp.Comparison comparison = warmUp.run(kernel, portable);
        if (!comparison.isFaster()) {
            LOG.log(
                    Level.INFO,
                    "Tip5 is computed without vectors: with them a permutation takes {0} ns, and {1} ns without.",
                    comparison.nanos(),
                    comparison.portableNanos());
            return;
        }
        try {
            accelerate.accept(kernel);
        } catch (IllegalArgumentException differs) {
            LOG.log(Level.WARNING, "Tip5 is computed without vectors: on this processor they go wrong.", differs);
            return;
        }
        LOG.log(
                Level.INFO,
                "Tip5 is computed with vectors from now on: a permutation takes {0} ns, and {1} ns without.",
                comparison.nanos(),
                comparison.portableNanos());
    }
}
