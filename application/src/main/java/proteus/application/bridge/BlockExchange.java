package proteus.application.bridge;

import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockWithParentAccumulator;
import proteus.domain.block.TransferBlock;
import proteus.domain.hash.Digest;

/** Requests for single blocks and proposals, and the answers. What is asked to be announced comes as gossip. */
public sealed interface BlockExchange extends Libp2pMessage {

    /** Asks for something. */
    sealed interface Request extends BlockExchange {}

    /** Brings what was asked for. */
    sealed interface Response extends BlockExchange {}

    /** Asks for the tip to be announced. */
    record AnnounceTip() implements Request {}

    /** Asks for the best proposal to be announced. */
    record AnnounceProposal() implements Request {}

    /**
     * Asks for the canonical block at a height.
     *
     * @param height that height
     */
    record AtHeight(BlockHeight height) implements Request {}

    /**
     * Asks for a block by its hash.
     *
     * @param hash that hash
     */
    record WithHash(Digest hash) implements Request {}

    /** Asks for the tip and the mutator set that it builds on. */
    record TipWithParentSet() implements Request {}

    /**
     * Asks for a proposal.
     *
     * @param bodyMastHash names it
     */
    record ProposalWith(Digest bodyMastHash) implements Request {}

    /**
     * A block.
     *
     * @param block that block
     */
    record Found(TransferBlock block) implements Response {}

    /**
     * A proposal.
     *
     * @param block that proposal
     */
    record Proposed(Block block) implements Response {}

    /**
     * The tip.
     *
     * @param tip the tip and the mutator set that it builds on
     */
    record Tip(BlockWithParentAccumulator tip) implements Response {}
}
