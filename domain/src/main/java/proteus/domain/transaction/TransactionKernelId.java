package proteus.domain.transaction;

import proteus.domain.hash.Digest;

/**
 * Names a transaction in notifications and requests.
 *
 * <p>Source: neptune-mempool 0.19.4, {@code transaction_kernel_id.rs}.
 *
 * @param digest the identifying digest
 */
public record TransactionKernelId(Digest digest) {}
