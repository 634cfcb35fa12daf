package proteus.domain.transaction;

/**
 * How far a transaction's proof has come, worst first.
 *
 * <p>Source: neptune-mempool 0.19.4, {@code transaction_proof_quality.rs}.
 */
public enum TransactionProofQuality {

    /** Backed by a {@link ProofCollection}; must be proven further before it can be mined. */
    PROOF_COLLECTION,

    /** Backed by one proof. */
    SINGLE_PROOF
}
