package proteus.bootstrap.config;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import proteus.application.node.StackUse;
import proteus.application.port.Stack;
import proteus.application.port.Stage;

/** What the operator uses each stack for. */
final class StackUses {

    private final Settings settings;
    private final boolean legacyIsBuilt;

    private StackUses(Settings settings, Set<Stack> built) {
        this.settings = settings;
        this.legacyIsBuilt = built.contains(Stack.LEGACY);
    }

    /**
     * The use of every stack at the start; what cannot be is a problem of {@code settings}.
     *
     * @param stage what presets them; empty if no stage is said
     * @param built the stacks that there are; libp2p always is
     */
    static Map<Stack, StackUse> read(Settings settings, Optional<Stage> stage, Set<Stack> built) {
        if (stage.isPresent()) {
            return Arrays.stream(Stack.values())
                    .collect(Collectors.toUnmodifiableMap(stack -> stack, stack -> StackUse.of(stage.get(), stack)));
        }
        return new StackUses(settings, built).read();
    }

    private Map<Stack, StackUse> read() {
        StackUse legacy = legacy();
        StackUse libp2p = settings.value(NetworkFlags.LIBP2P).orElse(StackUse.BOTH);
        if (legacy == StackUse.OFF && libp2p == StackUse.OFF) {
            settings.problem(nothingIsOn());
            // Or each peer would be a problem too.
            return Map.of(Stack.LEGACY, StackUse.BOTH, Stack.LIBP2P, StackUse.BOTH);
        }
        return Map.of(Stack.LEGACY, legacy, Stack.LIBP2P, libp2p);
    }

    private StackUse legacy() {
        Optional<StackUse> said = settings.value(NetworkFlags.LEGACY);
        if (legacyIsBuilt) {
            return said.orElse(StackUse.BOTH);
        }
        if (said.filter(use -> use != StackUse.OFF).isPresent()) {
            settings.problem(settings.origin(NetworkFlags.LEGACY)
                    + ": this build has no legacy stack; leave it out, or say off");
        }
        return StackUse.OFF;
    }

    private String nothingIsOn() {
        String libp2p = settings.origin(NetworkFlags.LIBP2P);
        return legacyIsBuilt
                ? settings.origin(NetworkFlags.LEGACY) + " and " + libp2p
                        + " are both off, so that this node could talk to nobody; leave one of them on"
                : libp2p + ": this build has no other stack, so that this node could talk to nobody; leave it on";
    }
}
