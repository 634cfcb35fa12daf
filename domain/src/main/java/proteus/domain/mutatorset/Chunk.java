package proteus.domain.mutatorset;

import proteus.domain.codec.FieldWriter;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;

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

    /** The chunk's leaf in the mountain range of chunks. It depends on the order of the indices. */
    public Digest hash() {
        FieldWriter out = new FieldWriter(relativeIndices.size() + 2);
        MutatorSetEncoding.write(out, this);
        return out.hash();
    }

    /** Whether the position {@code index} is set; the indices must ascend. */
    boolean contains(int index) {
        return SortedWords.contain(relativeIndices, 0, index);
    }

    /** The chunk with these positions set once more; both must ascend. */
    Chunk with(int[] indices) {
        return new Chunk(SortedWords.merged(relativeIndices, indices));
    }
}
