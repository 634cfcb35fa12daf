package proteus.bootstrap.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import proteus.application.node.StackUse;
import proteus.application.port.Carrier;
import proteus.application.port.PeerTarget.Protocol;
import proteus.application.port.Stack;
import proteus.bootstrap.legacy.LegacyStack;

/** A part in the demo: how a node can be reached, and whom it dials. All have all stacks that the build has. */
enum Role {
    /** One end of the link that is made bad. That leads over TCP, so this node has no other way. */
    P1(false),
    P2(true),
    P3(true),
    P4(true),
    /** The other end of the link that is made bad. */
    P5(false);

    /** The node whose dashboard is served: it dials all others, and is at an end of the link that is made bad. */
    static final Role WATCHED = P5;

    private final boolean quic;

    Role(boolean quic) {
        this.quic = quic;
    }

    /**
     * Whom to dial, and how.
     *
     * @param protocol what to speak, at the port of its first carrier
     */
    record Dial(Role whom, Protocol protocol) {}

    /**
     * Whom a node of this role dials: all before it, so that no two dial each other. Over the legacy stack, from which they
     * are moved; where the build has none, over the best carrier of libp2p that both have.
     */
    List<Dial> dials() {
        return Arrays.stream(values())
                .filter(other -> other.compareTo(this) < 0)
                .map(other -> new Dial(other, protocol(other)))
                .toList();
    }

    private Protocol protocol(Role other) {
        if (LegacyStack.isBuilt()) {
            return Protocol.LEGACY;
        }
        return quic && other.quic ? Protocol.QUIC : Protocol.LIBP2P;
    }

    /** By what a node of this role can be reached. */
    boolean listensBy(Carrier carrier) {
        return switch (carrier) {
            case LEGACY_TCP -> LegacyStack.isBuilt();
            case LIBP2P_TCP -> true;
            case LIBP2P_QUIC -> quic;
        };
    }

    /** What the stacks are used for. */
    static Map<Stack, StackUse> uses() {
        return Arrays.stream(Stack.values())
                .collect(Collectors.toUnmodifiableMap(
                        stack -> stack,
                        stack -> stack == Stack.LIBP2P || LegacyStack.isBuilt() ? StackUse.BOTH : StackUse.OFF));
    }

    /** The stacks in words. */
    static String stacks() {
        return LegacyStack.isBuilt() ? "legacy + libp2p" : "libp2p only";
    }
}
