package proteus.application.session;

import java.util.List;
import proteus.application.session.SessionEnd.Reason;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessageKind;

/** Transactions. This node's handshake declines them, and it has none to give. */
final class TransactionMessages {

    private final Conversation conversation;

    TransactionMessages(Conversation conversation) {
        this.conversation = conversation;
    }

    /** A transaction or its announcement: newer peers know that they must not send it, older ones are ignored. */
    List<Reaction> onDeclined(PeerMessageKind kind) {
        if (!conversation.version().respectsTransactionRelayFlag()) {
            return Reaction.NONE;
        }
        return List.of(
                new Reaction.Punish(new NegativePeerSanction.UnwantedMessage()),
                new Reaction.Leave(new SessionEnd(Reason.UNWANTED, "it sent " + kind + ", which this node declines")));
    }

    /** Not held; no answer. */
    List<Reaction> onRequest() {
        return Reaction.NONE;
    }
}
