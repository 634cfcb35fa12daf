package proteus.domain.mutatorset;

import proteus.domain.field.U32Sequence;

/**
 * One chunk of the inactive part of the Bloom filter.
 *
 * <p>The same type carries a packed chunk, whose words are arbitrary; only context tells them apart. Source:
 * neptune-mutator-set 0.19.4, {@code chunk.rs}.
 *
 * @param relativeIndices set bit positions below 4096 when unpacked, words of a bit stream when packed
 */
public record Chunk(U32Sequence relativeIndices) {

    private static final Chunk EMPTY = new Chunk(U32Sequence.empty());

    /** The chunk of no indices. */
    public static Chunk empty() {
        return EMPTY;
    }
}
