package proteus.application.session;

import java.util.Optional;
import proteus.application.chain.ChainTip;
import proteus.application.port.PeerConnection;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessage;

/** What the node tells or orders a session. */
public sealed interface NodeEvent {

    /**
     * The node has a new tip; the peer is told unless it showed one of that height. Dropped while frozen.
     *
     * @param tip the new tip
     */
    record TipChanged(ChainTip tip) implements NodeEvent {}

    /**
     * The node has a proposal for the next block; the peer is told. Dropped while frozen.
     *
     * @param proposal the announcement of it
     */
    record NewProposal(PeerMessage.BlockProposalNotification proposal) implements NodeEvent {}

    /** Ask the peer to announce its tip. */
    record RequestBlockNotification() implements NodeEvent {}

    /**
     * Send the peer a message.
     *
     * @param message what
     */
    record Send(PeerMessage message) implements NodeEvent {}

    /**
     * Lower the peer's standing, and end if it is bad then.
     *
     * @param sanction what for
     */
    record Punish(NegativePeerSanction sanction) implements NodeEvent {}

    /** Ask the peer for peers. */
    record RequestPeerList() implements NodeEvent {}

    /**
     * Say {@code Bye} and end: the operator banned the peer, another peer needs its place, or the node stops.
     *
     * @param reason for the log
     */
    record Disconnect(String reason) implements NodeEvent {}

    /**
     * End without a word: what the peer's IP did on another connection got it banned.
     *
     * @param reason for the log
     */
    record Expel(String reason) implements NodeEvent {}

    /**
     * Say {@code Bye} and let the connection end, but not the session: another connection is to {@link Arrive}. Only done
     * while nothing goes on with the peer.
     *
     * @param relocation is told what comes of it
     */
    record Depart(Relocation relocation) implements NodeEvent {}

    /** End the connection that the session departs from, whose peer has not ended it yet. Ignored if that is over. */
    record HangUp() implements NodeEvent {}

    /**
     * Go on over this connection. Ignored, and the connection closed, unless nothing carries the session.
     *
     * @param connection not opened yet
     * @param relocation is told what comes of it
     */
    record Arrive(PeerConnection connection, Relocation relocation) implements NodeEvent {}

    /**
     * A connection may come to {@link Switch} to, so that a {@code Bye} of the peer is not its leave. To be said before the
     * peer can know of that connection. Only done while nothing goes on with the peer; forgotten after some seconds.
     *
     * @param word what the peer says before that {@code Bye}, without which it leaves; empty if it says nothing
     * @param relocation is told what comes of it
     */
    record Expect(Optional<BlockHeight> word, Relocation relocation) implements NodeEvent {

        /** From a peer that says nothing before. */
        public Expect(Relocation relocation) {
            this(Optional.empty(), relocation);
        }
    }

    /** What was to be expected does not come. Ignored if it has come. */
    record Withdraw() implements NodeEvent {}

    /**
     * Go on over this connection, without a gap and without losing or reordering a message: each side says {@code Bye} as
     * the last word over the old connection, goes on over the new one, and reads that when it has heard the other's
     * {@code Bye}. Only done while nothing goes on with the peer, or when it was expected.
     *
     * @param connection not opened yet; its peer does the same
     * @param peerFirst whether the peer is to say {@code Bye} first, which shows that it takes part
     * @param word what is said before the first {@code Bye}, so that this is known not to be a leave; empty if nothing is
     * @param relocation is told what comes of it
     */
    record Switch(PeerConnection connection, boolean peerFirst, Optional<BlockHeight> word, Relocation relocation)
            implements NodeEvent {

        /** Without a word before. */
        public Switch(PeerConnection connection, boolean peerFirst, Relocation relocation) {
            this(connection, peerFirst, Optional.empty(), relocation);
        }
    }

    /**
     * End, since no connection came to carry on the session. Ignored if one carries it.
     *
     * @param reason for the log
     */
    record GiveUp(String reason) implements NodeEvent {}
}
