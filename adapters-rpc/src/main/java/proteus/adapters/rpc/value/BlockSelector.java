package proteus.adapters.rpc.value;

import java.util.Optional;
import proteus.domain.hash.Digest;

/** How a client names a block. Source: neptune-core 0.19.4, {@code block_selector.rs}. */
public sealed interface BlockSelector {

    /** The first block. */
    record Genesis() implements BlockSelector {}

    /** The block at the end of the canonical chain. */
    record Tip() implements BlockSelector {}

    /** The canonical block at this height, not negative. */
    record ByHeight(long height) implements BlockSelector {}

    /** The block with this hash. */
    record ByDigest(Digest digest) implements BlockSelector {}

    /** Reads {@code genesis}, {@code tip} or 80 hex digits; empty if {@code text} is none of them. */
    static Optional<BlockSelector> parse(String text) {
        return switch (text) {
            case "genesis" -> Optional.of(new Genesis());
            case "tip" -> Optional.of(new Tip());
            default -> parseDigest(text);
        };
    }

    private static Optional<BlockSelector> parseDigest(String text) {
        try {
            return Optional.of(new ByDigest(Digest.fromHex(text)));
        } catch (IllegalArgumentException noDigest) {
            return Optional.empty();
        }
    }
}
