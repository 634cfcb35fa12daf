package proteus.domain.consensus;

/** What can be said of a block's proof of work. Source: neptune-consensus 0.19.4, {@code pow.rs}. */
public enum WorkVerdict {
    /** It is enough. */
    ENOUGH,

    /** The parent's difficulty is below the least one. */
    PARENT_DIFFICULTY_TOO_LOW,

    /** The block's own difficulty is below the least one. */
    DIFFICULTY_TOO_LOW,

    /** The first path does not lead to the root. */
    PATH_A_INVALID,

    /** The second path does not lead to the root. */
    PATH_B_INVALID,

    /** The hash is above the target. */
    THRESHOLD_NOT_MET
}
