package proteus.application.session;

import java.util.List;
import proteus.application.chain.ChainTip;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerBlockNotification;

/** Announcements of blocks, both ways. */
final class AnnouncementMessages {

    private final Conversation conversation;

    AnnouncementMessages(Conversation conversation) {
        this.conversation = conversation;
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
        return announced(notification.height());
    }

    /** The witness is not checked: the block is not asked for, so nothing hangs on it. */
    List<Reaction> onBlockNotificationWithPowWitness(BlockHeader header) {
        return announced(header.height());
    }

    private List<Reaction> announced(BlockHeight height) {
        conversation.share(height);
        return Reaction.note("announces block " + height + "; this node takes no blocks yet and does not ask for it");
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
