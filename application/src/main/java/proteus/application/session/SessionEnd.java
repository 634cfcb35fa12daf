package proteus.application.session;

/**
 * How a session ended.
 *
 * @param reason in a word
 * @param detail for the log
 */
public record SessionEnd(Reason reason, String detail) {

    /** The reasons for which sessions end. */
    public enum Reason {
        /** There was no session: the peer was not let into the table after its handshake. */
        TURNED_AWAY,
        /** The peer said {@code Bye}. */
        PEER_LEFT,
        /** The peer refused this node, after it had accepted it. */
        PEER_REFUSED,
        /** The connection ended or broke. */
        CONNECTION_CLOSED,
        /** The peer broke the framing. */
        FRAMING,
        /** The peer's standing became bad. */
        BANNED,
        /** The peer sent what it had been told not to send. */
        UNWANTED,
        /** The node ordered it, and {@code Bye} was said. */
        ORDERED,
        /** The node ordered it, without a word. */
        EXPELLED,
        /** The session could not keep up with what its node told it. */
        FELL_BEHIND,
        /** A defect in this program ended it. */
        FAILED
    }

    @Override
    public String toString() {
        return reason + " (" + detail + ")";
    }
}
