package proteus.application.mining;

/** What a node tells its miner. Source: neptune-cash 0.19.4, {@code loops/channel.rs}; page "behaviour", section 7.1. */
public sealed interface MinerOrder {

    /** The chain has another tip: what is being composed or guessed is worthless. */
    record NewTip() implements MinerOrder {}

    /**
     * The node holds another proposal, of its own or better than the last.
     *
     * @param proposal valid, for the block after the tip
     */
    record NewProposal(Proposal proposal) implements MinerOrder {}

    /** The operator lets the miner rest. */
    record Pause() implements MinerOrder {}

    /** The operator lets it go on. */
    record Resume() implements MinerOrder {}

    /** The node needs the machine for a moment, until {@link Continue}; each is followed by one of those. */
    record Wait() implements MinerOrder {}

    /** That moment is over. */
    record Continue() implements MinerOrder {}
}
