package proteus.application.node;

import java.util.EnumMap;
import java.util.Map;
import proteus.application.port.Stack;
import proteus.application.port.Stage;

/** What each stack is used for, as of now. Safe for use by many threads. */
final class StackUses {

    private volatile Map<Stack, StackUse> uses;

    StackUses(Map<Stack, StackUse> uses) {
        this.uses = Map.copyOf(uses);
    }

    /** What a stage presets. */
    static Map<Stack, StackUse> of(Stage stage) {
        Map<Stack, StackUse> uses = new EnumMap<>(Stack.class);
        for (Stack stack : Stack.values()) {
            uses.put(stack, StackUse.of(stage, stack));
        }
        return uses;
    }

    void set(Map<Stack, StackUse> now) {
        uses = Map.copyOf(now);
    }

    StackUse of(Stack stack) {
        return uses.getOrDefault(stack, StackUse.OFF);
    }

    Map<Stack, StackUse> all() {
        return uses;
    }
}
