package proteus.adapters.legacytcp;

/** A handshake did not come to its end. Expected, and often the peer's doing, so it has no stack trace. */
final class HandshakeBrokenException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Why why;

    /** What went wrong. */
    enum Why {
        /** A step took too long. */
        TIMED_OUT,
        /** The connection was closed in an orderly way. */
        ENDED,
        /** The network broke the connection. */
        RESET,
        /** The peer sent something else than a handshake. */
        NOT_THE_PROTOCOL
    }

    /** With details for the log. */
    HandshakeBrokenException(Why why, String detail) {
        super(detail, null, false, false);
        this.why = why;
    }

    /** What went wrong. */
    Why why() {
        return why;
    }
}
