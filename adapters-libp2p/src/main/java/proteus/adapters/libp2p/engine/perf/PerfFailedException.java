package proteus.adapters.libp2p.engine.perf;

/** A measurement did not come to its end. */
public final class PerfFailedException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why, so that failures can be counted. */
    public enum Reason {
        /** The remote ended its side before it had sent what was wanted, or before the upload was over. */
        TOO_SHORT,
        /** The remote sent more than was wanted. */
        TOO_LONG,
        /** Nothing moved for too long. */
        STALLED,
        /** The stream was reset or closed. */
        CLOSED
    }

    private final Reason reason;

    /** A failure with its reason and the values that explain it. */
    public PerfFailedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** A failure with what caused it. */
    public PerfFailedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
