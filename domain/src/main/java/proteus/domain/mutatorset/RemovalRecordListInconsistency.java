package proteus.domain.mutatorset;

/**
 * In what the parts of a packed list of removal records do not fit each other.
 *
 * <p>Source: neptune-mutator-set 0.19.4, {@code removal_record_list.rs}.
 */
public enum RemovalRecordListInconsistency {

    /** There are more or fewer chunks than the indices touch. */
    CHUNKS,

    /** There are more or fewer authentication structures than trees. */
    AUTHENTICATION_STRUCTURE_COUNT,

    /** An authentication structure has more or fewer nodes than its tree's chunks need. */
    AUTHENTICATION_STRUCTURE_LENGTH
}
