package proteus.application.contract;

/** A caller of a port broke one of its rules; the stack trace says where. */
public final class BrokenRuleError extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final PortRule rule;

    BrokenRuleError(PortRule rule, String detail) {
        super(rule + ": " + detail);
        this.rule = rule;
    }

    /** Which rule. */
    public PortRule rule() {
        return rule;
    }
}
