package proteus.application.port;

import java.util.Arrays;
import java.util.Optional;

/** How far a node has gone from the legacy stack to libp2p. A stage is a preset of what each stack is used for. */
public enum Stage {
    /** The legacy stack and nothing else. */
    LEGACY_ONLY("legacy-only"),
    /** Both stacks; nobody is moved, and whom the node moved before goes back. */
    DUAL("dual"),
    /** Both stacks, and a share of the legacy peers that have libp2p too is moved there. */
    MIGRATE("migrate"),
    /** libp2p and nothing else. */
    LIBP2P_ONLY("libp2p-only");

    private final String text;

    Stage(String text) {
        this.text = text;
    }

    /** Whether {@code stack} is used at all. */
    public boolean uses(Stack stack) {
        return switch (this) {
            case LEGACY_ONLY -> stack == Stack.LEGACY;
            case DUAL, MIGRATE -> true;
            case LIBP2P_ONLY -> stack == Stack.LIBP2P;
        };
    }

    /** Reads what {@link #toString} writes; empty if {@code text} is none. */
    public static Optional<Stage> parse(String text) {
        return Arrays.stream(values()).filter(stage -> stage.text.equals(text)).findAny();
    }

    @Override
    public String toString() {
        return text;
    }
}
