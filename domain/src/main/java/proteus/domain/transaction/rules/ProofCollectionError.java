package proteus.domain.transaction.rules;

/**
 * Why a collection of proofs cannot be one of its transaction, whatever its proofs show.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code proof_collection.rs}, where these have no names.
 */
public enum ProofCollectionError {

    /** It is about another kernel. */
    KERNEL_MAST_HASH_MISMATCH,

    /** It does not show that the merge bit is not set. */
    MERGE_BIT_NOT_SHOWN_FALSE,

    /** There are more or fewer proofs than lock scripts. */
    LOCK_SCRIPT_COUNT_MISMATCH,

    /** There are more or fewer proofs than type scripts. */
    TYPE_SCRIPT_COUNT_MISMATCH
}
