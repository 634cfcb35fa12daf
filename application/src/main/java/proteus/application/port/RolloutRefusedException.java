package proteus.application.port;

/** A stage or a share was ordered that this node cannot do; the message says why. */
public final class RolloutRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With the reason, for the operator. */
    public RolloutRefusedException(String reason) {
        super(reason);
    }
}
