package proteus.application.session;

import java.util.List;
import proteus.application.chain.ChainState;
import proteus.application.mining.Proposals;
import proteus.application.port.PeerConnection;
import proteus.application.port.StoreException;
import proteus.application.request.PendingRequests;
import proteus.application.sync.Synchronisation;
import proteus.domain.network.Network;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerStanding;

/** What a session asks of its node, and tells it. Safe for use by many threads; {@link #banned} waits for the store. */
public interface SessionNode {

    /** The chain. */
    ChainState chain();

    /** What the peers of this node announced and it wants. */
    PendingRequests requests();

    /** The sync that goes on, if one does. */
    Synchronisation sync();

    /** The proposal that the node holds, if it does. */
    Proposals proposals();

    /** Whether a sync goes on, and so much of what peers say is ignored. */
    boolean syncing();

    /** The network of this node. */
    Network network();

    /** The chain cannot be read or written any more: the node is to end. */
    void chainFailed(StoreException failure);

    /** Whether the operator froze the node. */
    boolean frozen();

    /** What each peer may ask for in blocks within a minute. */
    long maxBlocksServedPerMinute();

    /** What to tell a peer that asks for peers. */
    List<PeerListEntry> peerList();

    /**
     * A peer told of others.
     *
     * @param reporter who told
     * @param peers whom it told of, any number
     */
    void heardOf(PeerConnection.Description reporter, List<PeerListEntry> peers);

    /**
     * A peer's standing became bad; it is to be kept out. Called once, before the session ends.
     *
     * @param peer who
     * @param standing its standing now
     */
    void banned(PeerConnection.Description peer, PeerStanding standing);
}
