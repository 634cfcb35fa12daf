package proteus.application.node;

import proteus.application.port.PeerConnection.Description;
import proteus.application.session.SessionEnd;

/** Is told, on the session's own thread, what becomes of connections whose handshake went well. */
interface SessionListener {

    /** A session begins: its peer is in the table. */
    void began(Description peer);

    /**
     * A session ended, or none began because the peer was not let into the table.
     *
     * @param peer the connection over which the peer had come in
     * @param cared whether somebody else sees to it that the peer is connected again
     */
    void ended(Description peer, SessionEnd end, boolean cared);
}
