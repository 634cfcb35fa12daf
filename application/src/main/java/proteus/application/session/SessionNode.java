package proteus.application.session;

import java.util.List;
import proteus.application.chain.ChainView;
import proteus.application.port.PeerConnection;
import proteus.domain.peer.PeerListEntry;
import proteus.domain.peer.PeerStanding;

/** What a session asks of its node, and tells it. Safe for use by many threads; {@link #banned} waits for the store. */
public interface SessionNode {

    /** The chain. */
    ChainView chain();

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
