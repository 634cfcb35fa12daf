package proteus.application.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import proteus.application.chain.ChainTip;
import proteus.application.port.StoreException;
import proteus.application.request.AnnouncedObject;
import proteus.application.request.PendingRequests;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.consensus.HeaderValidation;
import proteus.domain.hash.Digest;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerBlockNotification;
import proteus.domain.peer.PeerMessage;

/**
 * Announcements of blocks, both ways.
 *
 * <p>Source: neptune-cash 0.19.4, {@code peer_loop.rs}; protocol page "behaviour", sections 2.3.2 and 2.4.
 */
final class AnnouncementMessages {

    private final Conversation conversation;
    private final ForkReconciliation reconciliation;
    private final SyncMessages sync;

    AnnouncementMessages(Conversation conversation, ForkReconciliation reconciliation, SyncMessages sync) {
        this.conversation = conversation;
        this.reconciliation = reconciliation;
        this.sync = sync;
    }

    /** The peer wants to know this node's tip; it is told, also if that is genesis. */
    List<Reaction> onBlockNotificationRequest() {
        return Reaction.send(conversation.chain().tip().announcementFor(conversation.version()));
    }

    /** The plain form is for peers that do not know the other one yet. */
    List<Reaction> onBlockNotification(PeerBlockNotification notification) {
        if (conversation.version().expectsPowWitness()) {
            return Reaction.punish(new NegativePeerSanction.UnwantedMessage());
        }
        return announced(notification, false);
    }

    /** If the block's parent is stored, the announcement has to be true of it; if not, it is the announcer's claim. */
    List<Reaction> onBlockNotificationWithPowWitness(BlockHeaderWithBlockHashWitness announced) throws StoreException {
        BlockHeader header = announced.header();
        Digest hash = BlockHash.of(announced);
        Optional<BlockHeader> parent = conversation
                .chain()
                .snapshot()
                .header(header.prevBlockDigest())
                .map(BlockHeaderWithBlockHashWitness::header);
        if (parent.isPresent()
                && new HeaderValidation(conversation.node().network())
                        .firstBroken(parent.get(), announced)
                        .isPresent()) {
            return Reaction.punish(new NegativePeerSanction.InvalidBlock(header.height(), hash));
        }
        return announced(
                new PeerBlockNotification(hash, header.height(), header.cumulativeProofOfWork()), parent.isPresent());
    }

    private List<Reaction> announced(PeerBlockNotification block, boolean verified) {
        if (conversation.node().syncing()) {
            return sync.onAnnouncementDuringSync(block);
        }
        BlockHeader tip = conversation.chain().tip().header();
        boolean isBetter = block.cumulativeProofOfWork().compareTo(tip.cumulativeProofOfWork()) > 0;
        boolean isFar = conversation.node().sync().isFarBetter(block.cumulativeProofOfWork(), block.height());
        if (isFar && sync.mayChallenge()) {
            return sync.challenge(block, tip.height());
        }
        conversation.share(block.height());
        if (!isBetter || isFar || reconciliation.goesOn()) {
            conversation.node().sync().announcedNoBetter(block.height(), tip.height());
            return Reaction.NONE;
        }
        return conversation
                        .node()
                        .requests()
                        .announced(
                                new AnnouncedObject.Block(block.hash(), block.height()),
                                conversation.announcer(verified),
                                conversation.now())
                ? request(block.height())
                : Reaction.NONE;
    }

    private static List<Reaction> request(BlockHeight height) {
        return Reaction.send(new PeerMessage.BlockRequestByHeight(height));
    }

    /** Asks for what it is this peer's turn to be asked for, and charges it for what it did not answer. */
    List<Reaction> onTick() {
        PendingRequests.Due due =
                conversation.node().requests().due(conversation.peer().peerId(), conversation.now());
        List<Reaction> reactions = new ArrayList<>(requestsFor(due.toRequest()));
        for (int i = 0; i < due.stalls(); i++) {
            reactions.add(new Reaction.Punish(new NegativePeerSanction.StalledRequest()));
        }
        return reactions;
    }

    /** Lower blocks first: each then finds its parent here, and no walk back begins that the next answer would break. */
    private static List<Reaction> requestsFor(List<AnnouncedObject> objects) {
        return objects.stream()
                .sorted(Comparator.comparing(AnnouncementMessages::height))
                .<Reaction>map(object -> new Reaction.Send(
                        switch (object) {
                            case AnnouncedObject.Block(var _, var height) ->
                                new PeerMessage.BlockRequestByHeight(height);
                            case AnnouncedObject.BlockProposal(var bodyHash) ->
                                new PeerMessage.BlockProposalRequest(bodyHash);
                        }))
                .toList();
    }

    /** What the peer announced in the meantime is learnt from its tip; what it was asked for may not have come. */
    List<Reaction> onArrivalAfterGap() {
        List<Reaction> reactions = new ArrayList<>(Reaction.send(new PeerMessage.BlockNotificationRequest()));
        reactions.addAll(requestsFor(
                conversation.node().requests().asked(conversation.peer().peerId())));
        return reactions;
    }

    private static BlockHeight height(AnnouncedObject object) {
        return switch (object) {
            case AnnouncedObject.Block(var _, var height) -> height;
            case AnnouncedObject.BlockProposal _ -> BlockHeight.GENESIS;
        };
    }

    /** This node has a new tip; the peer is told unless it has shown one as high. */
    List<Reaction> onTipChanged(ChainTip tip) {
        BlockHeight height = tip.header().height();
        if (height.compareTo(conversation.highestShared()) <= 0) {
            return Reaction.NONE;
        }
        conversation.share(height);
        return Reaction.send(tip.announcementFor(conversation.version()));
    }
}
