package proteus.application.bridge;

import proteus.domain.transaction.TransactionKernelId;
import proteus.domain.transaction.TransferLinkTx;
import proteus.domain.transaction.TransferTransaction;

/** Requests for transactions, and the answers. */
public sealed interface TransactionExchange extends Libp2pMessage {

    /**
     * Asks for a transaction.
     *
     * @param txid names it
     */
    record Request(TransactionKernelId txid) implements TransactionExchange {}

    /**
     * Asks for a link transaction.
     *
     * @param txid names it
     */
    record LinkRequest(TransactionKernelId txid) implements TransactionExchange {}

    /**
     * A transaction.
     *
     * @param transaction that transaction
     */
    record Found(TransferTransaction transaction) implements TransactionExchange {}

    /**
     * A link transaction.
     *
     * @param transaction that transaction
     */
    record FoundLink(TransferLinkTx transaction) implements TransactionExchange {}
}
