package proteus.application.sync;

import proteus.domain.block.BlockHeight;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerMessage;

/**
 * A connected peer as the synchronisation sees it; compared by identity. Safe for use by many threads, and never waits.
 */
public interface SyncPeer {

    /** The height of the best block that it is known to have. */
    BlockHeight shown();

    /** Sends it a message, soon. */
    void send(PeerMessage message);

    /** Lowers its standing, soon. */
    void punish(NegativePeerSanction sanction);

    /** Says in the log who it is. */
    @Override
    String toString();
}
