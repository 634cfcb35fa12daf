package proteus.application.node;

/** What one stack is used for. */
public enum StackUse {
    /** Nothing: it is not there. */
    OFF(false, false),
    /** Peers may dial this node over it. */
    ACCEPT(true, false),
    /** This node dials peers over it. */
    DIAL(false, true),
    /** Both. */
    BOTH(true, true);

    private final boolean accepts;
    private final boolean dials;

    StackUse(boolean accepts, boolean dials) {
        this.accepts = accepts;
        this.dials = dials;
    }

    /** Whether peers may dial this node over the stack. */
    public boolean accepts() {
        return accepts;
    }

    /** Whether this node dials over the stack. */
    public boolean dials() {
        return dials;
    }
}
