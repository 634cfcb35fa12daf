package proteus.adapters.libp2p.engine.identify;

/** A remote has not told who it is. What it told so far is discarded. */
public final class IdentifyFailedException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why, so that failures can be counted. */
    public enum Reason {
        /** The bytes are no messages of identify, or more than are allowed. */
        MALFORMED,
        /** The public key is missing, none, or that of somebody else. */
        WRONG_KEY,
        /** The remote did not end its side in time. */
        TIMED_OUT,
        /** The stream was reset or closed. */
        CLOSED
    }

    private final Reason reason;

    /** A failure with its reason and the values that explain it. */
    public IdentifyFailedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** A failure with what caused it. */
    public IdentifyFailedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
