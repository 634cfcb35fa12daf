package proteus.domain.block;

import proteus.domain.mutatorset.MutatorSetAccumulator;

/**
 * A block and the mutator set that it builds on.
 *
 * <p>Source: neptune-p2p 0.19.4.
 *
 * @param block the block
 * @param parentAccumulator the mutator set after the parent block; its hash must be the one that the block's
 *     transaction names
 */
public record BlockWithParentAccumulator(TransferBlock block, MutatorSetAccumulator parentAccumulator) {}
