package proteus.domain.block;

import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.transaction.TransactionKernel;

/**
 * What a block does to the state.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code block_body.rs}.
 *
 * @param transactionKernel the one transaction of the block; its inputs are packed
 * @param mutatorSetAccumulator the mutator set after that transaction, before the guesser-fee outputs
 * @param lockFreeMmrAccumulator a second mountain range beside the mutator set
 * @param blockMmrAccumulator all earlier blocks, without this one
 */
public record BlockBody(
        TransactionKernel transactionKernel,
        MutatorSetAccumulator mutatorSetAccumulator,
        MmrAccumulator lockFreeMmrAccumulator,
        MmrAccumulator blockMmrAccumulator) {}
