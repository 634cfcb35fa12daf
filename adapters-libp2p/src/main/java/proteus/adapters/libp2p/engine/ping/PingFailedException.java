package proteus.adapters.libp2p.engine.ping;

/** The pings of a stream have come to an end, and the stream with them. */
public final class PingFailedException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why, so that failures can be counted. */
    public enum Reason {
        /** No whole echo came in time. */
        TIMED_OUT,
        /** The remote sent something that is not the echo of a ping, or nobody asked for. */
        WRONG_ECHO,
        /** The stream has ended, by whosever doing. */
        CLOSED
    }

    private final Reason reason;

    /** A failure with its reason and the values that explain it. */
    public PingFailedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** A failure with what caused it. */
    public PingFailedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
