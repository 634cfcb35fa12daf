package proteus.adapters.libp2p.engine.multistream;

/** No protocol was agreed on: by the remote's fault or on the way, never by ours. */
public final class NegotiationFailedException extends Exception {

    private static final long serialVersionUID = 1;

    /** Why, so that failures can be counted. */
    public enum Reason {
        /** The remote speaks none of the protocols that were proposed. */
        NO_COMMON_PROTOCOL,
        /** The bytes are not multistream-select, or come out of turn. */
        MALFORMED,
        /** A message is longer than allowed. */
        TOO_LONG,
        /** The remote goes on and on. */
        TOO_MANY_MESSAGES,
        /** The channel, or the remote's side of it, ended first. That is no violation. */
        CLOSED,
        /** It took too long. */
        TIMED_OUT
    }

    private final Reason reason;

    /** A failure with its reason and the values that explain it. */
    public NegotiationFailedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
