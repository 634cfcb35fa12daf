package proteus.domain.transaction;

/**
 * A link transaction as one peer sends it to another.
 *
 * <p>Source: neptune-p2p 0.19.4, {@code transfer_link_tx.rs}.
 *
 * @param kernel what it does
 * @param proof what shows it valid
 */
public record TransferLinkTx(LinkKernel kernel, Proof proof) {}
