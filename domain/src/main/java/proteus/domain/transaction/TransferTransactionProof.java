package proteus.domain.transaction;

/**
 * What shows a transferred transaction valid. A transaction backed by its secret witness is never transferred.
 *
 * <p>Source: neptune-p2p 0.19.4, {@code transfer_transaction.rs}.
 */
public sealed interface TransferTransactionProof permits ProofCollection, TransferTransactionProof.SingleProof {

    /**
     * One proof of everything.
     *
     * @param proof that proof
     */
    record SingleProof(Proof proof) implements TransferTransactionProof {}
}
