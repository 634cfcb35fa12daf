package proteus.application.session;

import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.domain.peer.ConnectionRefusedReason;

/**
 * Is told what becomes of the order to carry on a session over another connection. All calls come on the session's thread,
 * and must return at once.
 */
public interface Relocation {

    /** Whether it is not too late for what was ordered. Asked before it is begun. */
    default boolean isWanted() {
        return true;
    }

    /**
     * Nothing was done: the session is in the midst of something, or is being moved already.
     *
     * @param with what, for the log
     */
    void busy(String with);

    /** The session expects the connection that is to carry it on: the peer may say {@code Bye} now. */
    void ready();

    /** {@code Bye} was said, and the connection is over: nothing carries the session now. */
    void left();

    /** The new connection carries the session. */
    void arrived();

    /** The peer has no place for this node any more; nothing carries the session now. */
    void refused(ConnectionRefusedReason reason);

    /**
     * The new connection ended before the peer said anything over it. The session goes on over the one it had if that was
     * not given up yet; otherwise nothing carries it now.
     */
    void dropped(CloseCause cause);

    /** The session is over, for whatever reason; nothing follows. */
    void ended(SessionEnd end);
}
