package proteus.domain.block;

import proteus.domain.field.BFieldElement;

/**
 * How many blocks lie between a block and genesis, which has height 0.
 *
 * <p>Ordered as unsigned numbers. Source: neptune-primitives 0.19.4, {@code block_height.rs}.
 *
 * @param value a canonical field element
 */
public record BlockHeight(long value) implements Comparable<BlockHeight> {

    /** The height of every network's first block. */
    public static final BlockHeight GENESIS = new BlockHeight(0);

    public BlockHeight {
        BFieldElement.requireCanonical(value);
    }

    /** Whether this is the height of the first block. */
    public boolean isGenesis() {
        return value == 0;
    }

    /** The height of the next block; after the highest comes 0, as the field has it. */
    public BlockHeight next() {
        return new BlockHeight(BFieldElement.add(value, 1));
    }

    @Override
    public int compareTo(BlockHeight other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(value);
    }
}
