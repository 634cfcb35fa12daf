package proteus.application.session;

import java.util.ArrayList;
import java.util.List;
import proteus.application.port.Direction;
import proteus.application.port.Stack;
import proteus.application.session.SessionEnd.Reason;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.TransferConnectionStatus;

/** Messages about the session itself, and about other peers. */
final class ConnectionMessages {

    private final Conversation conversation;

    ConnectionMessages(Conversation conversation) {
        this.conversation = conversation;
    }

    /**
     * What this node says first.
     *
     * <p>Who dials over the legacy stack asks for peers, as diallers of that stack always have (neptune-core 0.14.3 to
     * 0.18.0); then either side asks for the tip of a peer that claims more work. A node that guesses asks for the peer's
     * proposal, too.
     */
    List<Reaction> onStart() {
        List<Reaction> first = new ArrayList<>();
        if (conversation.peer().stack() == Stack.LEGACY && conversation.peer().direction() == Direction.OUTBOUND) {
            first.add(new Reaction.Send(new PeerMessage.PeerListRequest()));
        }
        var theirs = conversation.peer().handshake().tipHeader().cumulativeProofOfWork();
        if (theirs.compareTo(conversation.chain().tip().header().cumulativeProofOfWork()) > 0) {
            first.add(new Reaction.Send(new PeerMessage.BlockNotificationRequest()));
        }
        if (conversation.node().proposals().areWanted()
                && conversation.version().knowsBlockProposalNotificationRequest()) {
            first.add(new Reaction.Send(new PeerMessage.BlockProposalNotificationRequest()));
        }
        return first;
    }

    /** A handshake is over when a session begins. */
    List<Reaction> onHandshake() {
        return Reaction.punish(new NegativePeerSanction.InvalidMessage());
    }

    List<Reaction> onConnectionStatus(TransferConnectionStatus status) {
        return switch (status) {
            case TransferConnectionStatus.Accepted() -> Reaction.punish(new NegativePeerSanction.InvalidMessage());
            case TransferConnectionStatus.Refused(var reason) -> Reaction.leave(Reason.PEER_REFUSED, reason.toString());
        };
    }

    List<Reaction> onBye() {
        return Reaction.leave(Reason.PEER_LEFT, "it said Bye");
    }

    List<Reaction> onPeerListRequest() {
        return Reaction.send(
                new PeerMessage.PeerListResponse(conversation.node().peerList()));
    }

    /**
     * Used as 0.14.3 uses it, also if it is too long. 0.19.4 asks for none and ignores it; this node asks on the legacy
     * stack, since nothing else tells it of peers there.
     */
    List<Reaction> onPeerListResponse(List<PeerListEntry> peers) {
        conversation.node().heardOf(conversation.peer(), peers);
        return peers.size() > PeerMessage.PeerListResponse.MAX_PEERS
                ? Reaction.punish(new NegativePeerSanction.FloodPeerListResponse())
                : Reaction.NONE;
    }
}
