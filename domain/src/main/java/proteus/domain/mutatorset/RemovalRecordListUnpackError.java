package proteus.domain.mutatorset;

/**
 * Why a packed list of removal records cannot be unpacked.
 *
 * <p>Source: neptune-mutator-set 0.19.4, {@code removal_record_list.rs}.
 */
public enum RemovalRecordListUnpackError {

    /** A chunk is not packed as it must be. */
    INNER_DECODING_FAILURE,

    /** An absolute index has more than 76 bits. */
    ABSOLUTE_INDEX_TOO_BIG,

    /** A key means neither a tree nor a chunk. */
    ILLEGAL_TREE_HEIGHT,

    /** A tree is lower than the one before it. */
    INCORRECTLY_SORTED_TREE_HEIGHTS,

    /** Two trees have the same height. */
    DUPLICATE_TREE_HEIGHTS,

    /** The set that the chunks and trees belong to would have more than 2^64 - 1 items. */
    TOO_MANY_LEAFS,

    /** There are more or fewer chunks than the indices touch. */
    INCONSISTENT_CHUNKS,

    /** There are more or fewer authentication structures than trees. */
    INCONSISTENT_AUTHENTICATION_STRUCTURE_COUNT,

    /** An authentication structure has more or fewer nodes than its tree's chunks need. */
    INCONSISTENT_AUTHENTICATION_STRUCTURE_LENGTH
}
