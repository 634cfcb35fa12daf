package proteus.application.mining;

import proteus.domain.block.Block;

/** What a miner brings its node. Source: neptune-cash 0.19.4, {@code loops/channel.rs}; page "behaviour", section 7.1. */
public sealed interface MinerReport {

    /**
     * A proposal.
     *
     * @param block with a valid proof and no work
     */
    record Composed(Block block) implements MinerReport {}

    /**
     * A block.
     *
     * @param block with everything
     */
    record Solved(Block block) implements MinerReport {}
}
