package proteus.domain.transaction;

/**
 * A transaction as one peer sends it to another.
 *
 * <p>Source: neptune-p2p 0.19.4, {@code transfer_transaction.rs}.
 *
 * @param kernel what the transaction does; its inputs are not packed
 * @param proof what shows it valid
 */
public record TransferTransaction(TransactionKernel kernel, TransferTransactionProof proof) {}
