package proteus.application.session;

import java.util.List;
import proteus.application.chain.ChainTip;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/**
 * Requests for blocks, and blocks. The requests are answered as a node at genesis does, which has no block to give: genesis
 * is never transferred.
 */
final class BlockMessages {

    /** The most hashes in a request for a batch. */
    static final int MAX_KNOWN_BLOCKS = 200;

    private final Conversation conversation;

    BlockMessages(Conversation conversation) {
        this.conversation = conversation;
    }

    List<Reaction> onBlockRequestByHeight(BlockHeight height) {
        return conversation.charged(PeerMessageKind.BLOCK_REQUEST_BY_HEIGHT, () -> unknown(height));
    }

    List<Reaction> onValidatedBlockRequestByHeight(BlockHeight height) {
        return conversation.charged(PeerMessageKind.VALIDATED_BLOCK_REQUEST_BY_HEIGHT, () -> unknown(height));
    }

    private static List<Reaction> unknown(BlockHeight height) {
        return Reaction.punish(
                height.isGenesis()
                        ? new NegativePeerSanction.RequestForGenesisBlock()
                        : new NegativePeerSanction.BlockRequestUnknownHeight());
    }

    List<Reaction> onBlockRequestByHash(Digest hash) {
        return conversation.charged(
                PeerMessageKind.BLOCK_REQUEST_BY_HASH,
                () -> Reaction.punish(
                        hash.equals(conversation.chain().genesis())
                                ? new NegativePeerSanction.RequestForGenesisBlock()
                                : new NegativePeerSanction.RequestForUnknownBlock()));
    }

    List<Reaction> onBlockRequestBatch(List<Digest> known, MmrAccumulator anchor) {
        return conversation.charged(PeerMessageKind.BLOCK_REQUEST_BATCH, () -> batch(known, anchor));
    }

    private List<Reaction> batch(List<Digest> known, MmrAccumulator anchor) {
        if (known.size() > MAX_KNOWN_BLOCKS) {
            return Reaction.punish(new NegativePeerSanction.BatchBlocksRequestTooManyDigests());
        }
        if (known.isEmpty()) {
            return Reaction.punish(new NegativePeerSanction.BatchBlocksRequestEmpty());
        }
        ChainTip tip = conversation.chain().tip();
        boolean lastIsCanonical = known.getLast().equals(conversation.chain().genesis());
        long blocks = tip.header().height().value() + 1;
        if (!lastIsCanonical || Long.compareUnsigned(anchor.leafCount(), blocks) > 0) {
            return List.of(
                    new Reaction.Punish(new NegativePeerSanction.BatchBlocksUnknownRequest()),
                    new Reaction.Send(new PeerMessage.UnableToSatisfyBatchRequest()));
        }
        // Nothing follows the block that both sides know; upstream says so with an empty batch.
        return Reaction.send(new PeerMessage.BlockResponseBatch(List.of()));
    }

    /** Not answered: genesis has no parent whose mutator set could be told, and is never transferred. */
    List<Reaction> onTipWithParentAccumulatorRequest() {
        return conversation.charged(PeerMessageKind.TIP_WITH_PARENT_ACCUMULATOR_REQUEST, () -> Reaction.NONE);
    }

    /** Blocks are of no use to a node that keeps none; but genesis must never be sent. */
    List<Reaction> onBlock(BlockHeight height) {
        if (height.isGenesis()) {
            return Reaction.punish(new NegativePeerSanction.InvalidTransferBlock());
        }
        return Reaction.note("sends block " + height + "; this node takes no blocks yet and ignores it");
    }

    /** Never asked for. */
    List<Reaction> onTipWithParentAccumulator() {
        return Reaction.note("sends a tip that nobody asked for; ignored");
    }
}
