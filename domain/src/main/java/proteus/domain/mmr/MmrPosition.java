package proteus.domain.mmr;

import java.util.Optional;

/**
 * Where a leaf stands in a Merkle mountain range.
 *
 * @param height of the leaf's tree, in {@code [0, 63]}
 * @param indexInTree the leaf's number in its tree, below 2^height
 * @param peak the index of its tree's peak, highest tree first
 */
public record MmrPosition(int height, long indexInTree, int peak) {

    /** The position of leaf {@code index} among {@code leafCount}, both unsigned; empty if there is no such leaf. */
    public static Optional<MmrPosition> of(long index, long leafCount) {
        if (Long.compareUnsigned(index, leafCount) >= 0) {
            return Optional.empty();
        }
        // The leaf's tree belongs to the highest bit in which its index and the count differ.
        int height = Long.SIZE - 1 - Long.numberOfLeadingZeros(index ^ leafCount);
        long below = (1L << height) - 1;
        int peak = Long.bitCount(leafCount) - Long.bitCount(leafCount & below) - 1;
        return Optional.of(new MmrPosition(height, index & below, peak));
    }
}
