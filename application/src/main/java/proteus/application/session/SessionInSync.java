package proteus.application.session;

import proteus.application.sync.SyncPeer;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessage;

/** The peer of a session as the sync sees it: what is to be said to it goes through the session's mailbox. */
final class SessionInSync implements SyncPeer {

    private final Conversation conversation;
    private final Mailbox mailbox;

    SessionInSync(Conversation conversation, Mailbox mailbox) {
        this.conversation = conversation;
        this.mailbox = mailbox;
    }

    @Override
    public BlockHeight shown() {
        return conversation.highestShared();
    }

    @Override
    public void send(PeerMessage message) {
        mailbox.post(new NodeEvent.Send(message));
    }

    @Override
    public void punish(NegativePeerSanction sanction) {
        mailbox.post(new NodeEvent.Punish(sanction));
    }

    @Override
    public String toString() {
        return "peer " + conversation.peer().address();
    }
}
