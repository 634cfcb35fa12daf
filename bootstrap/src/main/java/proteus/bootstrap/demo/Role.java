package proteus.bootstrap.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import proteus.application.node.StackUse;
import proteus.application.port.PeerTarget.Protocol;
import proteus.application.port.Stack;
import proteus.bootstrap.legacy.LegacyStack;

/** A part in the demo: which stacks a node has, and whom it dials. */
enum Role {
    /** A node that has not heard of libp2p. */
    P1(true, false),
    /** A node that has left the legacy stack behind. */
    P2(false, true),
    /** A node between the two. */
    P3(true, true),
    /** Another one. */
    P4(true, true);

    private final boolean legacy;
    private final boolean libp2p;

    Role(boolean legacy, boolean libp2p) {
        this.legacy = legacy && LegacyStack.isBuilt();
        this.libp2p = libp2p;
    }

    /**
     * Whom to dial, and how.
     *
     * @param protocol what to speak, at the port of the first carrier that it may have
     */
    record Dial(Role whom, Protocol protocol) {}

    /**
     * Whom a node of this role dials: those before it that it has a stack in common with, so that no two dial each other.
     * Between them all carriers are seen. Where both sides have both stacks either may be spoken, and libp2p is preferred.
     */
    List<Dial> dials() {
        List<Dial> dials = switch (this) {
            case P1, P2 -> List.of();
            case P3 -> List.of(new Dial(P1, Protocol.LEGACY), new Dial(P2, Protocol.QUIC));
            case P4 ->
                List.of(new Dial(P1, Protocol.LEGACY), new Dial(P2, Protocol.LIBP2P), new Dial(P3, Protocol.EITHER));
        };
        return dials.stream().filter(dial -> dial.whom().isCast()).toList();
    }

    /** The roles that this build can play: one that knows no stack but the legacy one has none left without it. */
    static List<Role> cast() {
        return Arrays.stream(values()).filter(Role::isCast).toList();
    }

    private boolean isCast() {
        return legacy || libp2p;
    }

    boolean has(Stack stack) {
        return switch (stack) {
            case LEGACY -> legacy;
            case LIBP2P -> libp2p;
        };
    }

    boolean hasInCommonWith(Role other) {
        return Arrays.stream(Stack.values()).anyMatch(stack -> has(stack) && other.has(stack));
    }

    /** What the stacks are used for. */
    Map<Stack, StackUse> uses() {
        return Arrays.stream(Stack.values())
                .collect(Collectors.toUnmodifiableMap(
                        stack -> stack, stack -> has(stack) ? StackUse.BOTH : StackUse.OFF));
    }

    /** The stacks in words. */
    String stacks() {
        if (legacy && libp2p) {
            return "legacy + libp2p";
        }
        return legacy ? "legacy only" : "libp2p only";
    }
}
