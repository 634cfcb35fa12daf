package proteus.application.migration;

import proteus.application.comparison.PeerMeter;
import proteus.application.port.PeerConnection.Description;
import proteus.application.session.NodeEvent;

/** A session that is in the table of connected peers; compared by identity. Safe for use by many threads. */
public interface MovableSession {

    /** What measures it. */
    PeerMeter meter();

    /** The connection over which its peer came in. */
    Description origin();

    /** The connection that carries it now, or did last. */
    Description current();

    /**
     * Orders it to do something.
     *
     * @return false if it is over
     */
    boolean post(NodeEvent event);

    /** From now on the table knows its peer as the other end of this connection. */
    void carriedBy(Description connection);
}
