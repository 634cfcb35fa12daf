package proteus.application.session;

import proteus.application.port.ConnectionEvent;

/** What can come into the mailbox of a session. */
sealed interface SessionEvent {

    /**
     * A connection has something.
     *
     * @param line which of those that the session has had, counted from 0
     * @param event a frame, a fault of the framing, or the end
     */
    record FromConnection(int line, ConnectionEvent event) implements SessionEvent {}

    /**
     * The node has something.
     *
     * @param event what
     */
    record FromNode(NodeEvent event) implements SessionEvent {}

    /** It is time to look at what is due. */
    record Tick() implements SessionEvent {}
}
