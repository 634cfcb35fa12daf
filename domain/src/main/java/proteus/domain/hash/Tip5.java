package proteus.domain.hash;

import proteus.domain.field.BFieldElements;

/**
 * The hash function of Neptune Cash: a sponge over field elements whose digests are five elements.
 *
 * <p>The functions are pure and safe for use by many threads. {@link Tip5Sponge} gives more than a digest. Source:
 * twenty-first 3.1.1, {@code tip5}.
 */
public final class Tip5 {

    /** Elements that one permutation takes in or gives out. */
    public static final int RATE = 10;

    /** The permutation in plain Java, for every processor. */
    public static final PermutationKernel PORTABLE = Tip5Permutation::permute;

    private Tip5() {}

    /**
     * Lets {@code kernel} compute the permutations from now on, for the whole process, after it was compared with
     * {@link #PORTABLE} on 4,096 states. That is little work for a kernel whose code is compiled, and much for others.
     *
     * @throws IllegalArgumentException if it gives anything else; then nothing changes
     */
    public static void accelerate(PermutationKernel kernel) {
        KernelComparison.disagreement(kernel).ifPresent(difference -> {
            throw new IllegalArgumentException("the kernel is not Tip5's: " + difference);
        });
        Tip5Permutation.use(kernel);
    }

    /** The hash of exactly two digests: how two nodes of a tree make their parent. */
    public static Digest hashPair(Digest left, Digest right) {
        Tip5Permutation permutation = fixedLength();
        for (int i = 0; i < Digest.LENGTH; i++) {
            permutation.set(i, left.at(i));
            permutation.set(Digest.LENGTH + i, right.at(i));
        }
        permutation.permute();
        return permutation.digest();
    }

    /**
     * The hash of exactly ten elements; its domain is that of {@link #hashPair}.
     *
     * @throws IllegalArgumentException if there are not ten
     */
    public static Digest hash10(BFieldElements elements) {
        if (elements.size() != RATE) {
            throw new IllegalArgumentException("expected 10 elements, not " + elements.size());
        }
        Tip5Permutation permutation = fixedLength();
        for (int i = 0; i < RATE; i++) {
            permutation.set(i, elements.at(i));
        }
        permutation.permute();
        return permutation.digest();
    }

    /** The hash of any number of elements. */
    public static Digest hashVarlen(BFieldElements elements) {
        Tip5Permutation permutation = new Tip5Permutation();
        absorbPadded(permutation, elements);
        return permutation.digest();
    }

    /**
     * Lets {@code permutation} take in all elements, a one and as many zeros as fill the last block. Each block
     * overwrites the rate.
     */
    static void absorbPadded(Tip5Permutation permutation, BFieldElements elements) {
        int fullBlocks = elements.size() / RATE;
        for (int block = 0; block < fullBlocks; block++) {
            for (int i = 0; i < RATE; i++) {
                permutation.set(i, elements.at(RATE * block + i));
            }
            permutation.permuteCapacity();
        }
        int rest = elements.size() - RATE * fullBlocks;
        for (int i = 0; i < rest; i++) {
            permutation.set(i, elements.at(RATE * fullBlocks + i));
        }
        permutation.set(rest, 1);
        for (int i = rest + 1; i < RATE; i++) {
            permutation.set(i, 0);
        }
        permutation.permute();
    }

    /** The domain of inputs with a fixed length starts with a capacity of ones, that of other inputs with zeros. */
    private static Tip5Permutation fixedLength() {
        Tip5Permutation permutation = new Tip5Permutation();
        for (int i = RATE; i < Tip5Permutation.STATE_SIZE; i++) {
            permutation.set(i, 1);
        }
        return permutation;
    }
}
