package proteus.application.mining;

import java.util.Optional;
import proteus.application.chain.ChainSnapshot;

/** What a miner asks of its node, and brings it. Safe for use by many threads. */
public interface MinerNode {

    /** The chain as it is now. */
    ChainSnapshot chain();

    /** The proposal that the node holds. */
    Optional<Proposal> proposal();

    /** Whether the node catches up with the network, so that its tip is worthless. */
    boolean syncing();

    /**
     * Takes what the miner made, after judging it; waits for that, and for the chain.
     *
     * @return whether it was of use: the proposal is held now, the block is the tip
     */
    boolean take(MinerReport report) throws InterruptedException;
}
