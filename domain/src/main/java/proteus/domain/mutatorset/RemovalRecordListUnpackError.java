package proteus.domain.mutatorset;

/**
 * Why a packed list of removal records cannot be unpacked, by upstream's names.
 *
 * <p>Source: neptune-mutator-set 0.19.4, {@code removal_record_list.rs}.
 */
public sealed interface RemovalRecordListUnpackError {

    /** A chunk is not packed as it must be. */
    record InnerDecodingFailure() implements RemovalRecordListUnpackError {}

    /**
     * An absolute index has more than 76 bits, or the set that the chunks and trees belong to would have more than 2^64 - 1
     * items.
     */
    record AbsoluteIndexTooBig() implements RemovalRecordListUnpackError {}

    /**
     * A key means neither a tree nor a chunk.
     *
     * @param treeHeight the key, unsigned
     */
    record IllegalTreeHeight(long treeHeight) implements RemovalRecordListUnpackError {}

    /** A tree is lower than the one before it. */
    record IncorrectlySortedTreeHeights() implements RemovalRecordListUnpackError {}

    /** Two trees have the same height. */
    record DuplicateTreeHeights() implements RemovalRecordListUnpackError {}

    /**
     * Indices, chunks and authentication structures do not fit each other.
     *
     * @param inconsistency in what
     */
    record Inconsistency(RemovalRecordListInconsistency inconsistency) implements RemovalRecordListUnpackError {}
}
