package proteus.domain.block;

import java.util.List;
import proteus.domain.hash.Digest;

/**
 * The proof-of-work solution in a block header.
 *
 * <p>Forks change what the parts mean, never their shape. Source: neptune-consensus 0.19.4, {@code pow.rs}.
 *
 * @param root the root of the guesser's memory tree
 * @param pathA the first authentication path, exactly {@value #PATH_LENGTH} digests, leaf level first
 * @param pathB the second authentication path, likewise
 * @param nonce what the guesser chose; sent last, though hashed first
 */
public record BlockPow(Digest root, List<Digest> pathA, List<Digest> pathB, Digest nonce) {

    /** Digests in each path: the height of the memory tree. */
    public static final int PATH_LENGTH = 29;

    public BlockPow {
        if (pathA.size() != PATH_LENGTH || pathB.size() != PATH_LENGTH) {
            throw new IllegalArgumentException("a path has 29 digests, not " + pathA.size() + " and " + pathB.size());
        }
        pathA = List.copyOf(pathA);
        pathB = List.copyOf(pathB);
    }
}
