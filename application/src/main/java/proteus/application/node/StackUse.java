package proteus.application.node;

import proteus.application.port.Stack;
import proteus.application.port.Stage;

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

    /** What {@code stage} presets for {@code stack}. */
    public static StackUse of(Stage stage, Stack stack) {
        return stage.uses(stack) ? BOTH : OFF;
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
