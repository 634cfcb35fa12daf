package proteus.bootstrap.vector;

import java.util.Arrays;
import java.util.function.LongSupplier;
import proteus.domain.hash.PermutationKernel;
import proteus.domain.hash.Tip5Parameters;

/**
 * Runs two kernels side by side until the just-in-time compiler has made of both what it can, to tell how they compare. A
 * kernel of vectors must not be used before: what is not compiled yet makes objects of all vectors.
 *
 * <p>Computes for a second or so, and up to {@link #LIMIT_NANOS}; for a thread of its own.
 */
final class WarmUp {

    /** Permutations that are timed together. */
    static final int BATCH = 256;

    /** Batches of each before a kernel is found faster: 16,384 permutations, three times what compiling needs. */
    static final int LEAST_BATCHES = 64;

    /** The time after which a kernel that is not faster yet is given up. */
    static final long LIMIT_NANOS = 10_000_000_000L;

    /** Batches, the latest, of which the quickest counts: the others were disturbed. */
    private static final int WINDOW = 32;

    private final LongSupplier nanos;

    /** @param nanos a clock that only goes forward, in nanoseconds */
    WarmUp(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How long a permutation takes {@code candidate}, and how long {@code portable}. */
    Comparison run(PermutationKernel candidate, PermutationKernel portable) {
        Timed first = new Timed(candidate);
        Timed second = new Timed(portable);
        long began = nanos.getAsLong();
        int batches = 0;
        Comparison comparison;
        do {
            first.batch();
            second.batch();
            batches++;
            comparison = new Comparison(first.nanosEach(), second.nanosEach());
        } while ((batches < LEAST_BATCHES || !comparison.isFaster()) && nanos.getAsLong() - began < LIMIT_NANOS);
        return comparison;
    }

    /**
     * What came out.
     *
     * @param nanos nanoseconds that a permutation of the candidate takes
     * @param portableNanos the same for the portable kernel
     */
    record Comparison(long nanos, long portableNanos) {

        /** Whether the candidate is faster by a tenth at least: less is not worth a second way to compute the same. */
        boolean isFaster() {
            return 10 * nanos <= 9 * portableNanos;
        }
    }

    /** A kernel and how long its latest batches took. */
    private final class Timed {

        private final PermutationKernel kernel;
        private final long[] state = new long[Tip5Parameters.STATE_SIZE];
        private final long[] work = new long[Tip5Parameters.WORK_SIZE];
        private final long[] latest = new long[WINDOW];
        private int next;

        Timed(PermutationKernel kernel) {
            this.kernel = kernel;
            Arrays.fill(latest, Long.MAX_VALUE);
        }

        void batch() {
            long began = nanos.getAsLong();
            for (int i = 0; i < BATCH; i++) {
                kernel.permute(state, work);
            }
            latest[next] = nanos.getAsLong() - began;
            next = (next + 1) % WINDOW;
        }

        long nanosEach() {
            return Arrays.stream(latest).min().orElseThrow() / BATCH;
        }
    }
}
