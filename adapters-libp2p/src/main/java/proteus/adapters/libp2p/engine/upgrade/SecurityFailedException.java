package proteus.adapters.libp2p.engine.upgrade;

/** A handshake failed, or a secured channel broke: by the remote's fault or on the way, never by ours. */
public final class SecurityFailedException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why, so that failures can be counted. */
    public enum Reason {
        /** The bytes are no handshake of this protocol. */
        MALFORMED,
        /** A signature, tag or certificate is wrong. */
        UNAUTHENTIC,
        /** The remote is somebody else than expected. */
        WRONG_PEER,
        /** Both offered multiplexers in the handshake, and none is in common. */
        NO_COMMON_MUXER,
        /** The connection ended before the handshake did. */
        CLOSED,
        /** The network broke the connection before the handshake ended. */
        RESET
    }

    private final Reason reason;

    /** A failure with its reason and the values that explain it. */
    public SecurityFailedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** A failure with what caused it. */
    public SecurityFailedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
