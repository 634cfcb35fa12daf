package proteus.application.contract;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the rules that were broken, and throws each at whoever broke it, if it is to be loud. */
final class BrokenRules {

    private final boolean loud;
    private final List<BrokenRuleError> errors = new CopyOnWriteArrayList<>();

    BrokenRules(boolean loud) {
        this.loud = loud;
    }

    void add(PortRule rule, String detail) {
        BrokenRuleError error = new BrokenRuleError(rule, detail);
        errors.add(error);
        if (loud) {
            throw error;
        }
    }

    List<BrokenRuleError> all() {
        return List.copyOf(errors);
    }
}
