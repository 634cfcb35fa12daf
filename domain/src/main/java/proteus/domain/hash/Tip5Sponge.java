package proteus.domain.hash;

import proteus.domain.field.BFieldElement;
import proteus.domain.field.BFieldElements;

/**
 * Tip5 as a sponge in the domain of variable length: takes in elements and gives out as many as are wanted.
 *
 * <p>Not safe for use by many threads. Source: twenty-first 3.1.1, {@code tip5}.
 */
public final class Tip5Sponge {

    /** Elements of the base field in one of the extension field. */
    public static final int EXTENSION_DEGREE = 3;

    private final Tip5Permutation permutation;

    /** A sponge that has taken in nothing. */
    public Tip5Sponge() {
        this(new Tip5Permutation());
    }

    /** A sponge in the state of {@code permutation}. */
    Tip5Sponge(Tip5Permutation permutation) {
        this.permutation = permutation;
    }

    /**
     * Takes in one block.
     *
     * @throws IllegalArgumentException if it does not have {@link Tip5#RATE} elements
     */
    public void absorb(BFieldElements block) {
        if (block.size() != Tip5.RATE) {
            throw new IllegalArgumentException("a block has 10 elements, not " + block.size());
        }
        for (int i = 0; i < Tip5.RATE; i++) {
            permutation.set(i, block.at(i));
        }
        permutation.permute();
    }

    /** Takes in any number of elements, padded as {@link Tip5#hashVarlen} pads them. */
    public void padAndAbsorbAll(BFieldElements elements) {
        Tip5.absorbPadded(permutation, elements);
    }

    /** Gives out {@link Tip5#RATE} elements. The permutation comes after, not before. */
    public BFieldElements squeeze() {
        long[] block = new long[Tip5.RATE];
        for (int i = 0; i < block.length; i++) {
            block[i] = permutation.get(i);
        }
        permutation.permute();
        return BFieldElements.owning(block);
    }

    /**
     * Draws {@code count} indices below {@code bound}. What is left of the last block drawn from is dropped.
     *
     * @throws IllegalArgumentException if {@code bound} is not a power of two in {@code [1, 2^30]}, or {@code count} is
     *     negative
     */
    public int[] sampleIndices(int bound, int count) {
        if (bound < 1 || Integer.bitCount(bound) != 1) {
            throw new IllegalArgumentException("not a power of two: " + bound);
        }
        if (count < 0) {
            throw new IllegalArgumentException("negative count: " + count);
        }
        int[] indices = new int[count];
        int drawn = 0;
        while (drawn < count) {
            BFieldElements block = squeeze();
            for (int i = 0; i < Tip5.RATE && drawn < count; i++) {
                // Without p - 1 the number of elements is a multiple of 2^32, so that all indices are equally likely.
                if (block.at(i) != BFieldElement.P - 1) {
                    indices[drawn++] = (int) block.at(i) & (bound - 1);
                }
            }
        }
        return indices;
    }

    /**
     * Draws {@code count} elements of the extension field.
     *
     * @return three elements for each, its constant term first
     * @throws IllegalArgumentException if {@code count} is negative
     */
    public BFieldElements sampleScalars(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("negative count: " + count);
        }
        long[] coefficients = new long[Math.multiplyExact(EXTENSION_DEGREE, count)];
        int drawn = 0;
        while (drawn < coefficients.length) {
            BFieldElements block = squeeze();
            for (int i = 0; i < Tip5.RATE && drawn < coefficients.length; i++) {
                coefficients[drawn++] = block.at(i);
            }
        }
        return BFieldElements.owning(coefficients);
    }
}
