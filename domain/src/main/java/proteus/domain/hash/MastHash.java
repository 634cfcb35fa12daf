package proteus.domain.hash;

/**
 * The hash of a structured object: the Merkle root over its fields' hashes, padded with zero digests to a power of two.
 * Source: neptune-consensus 0.19.4, {@code mast_hash.rs}.
 */
public final class MastHash {

    private MastHash() {}

    /**
     * The root over {@code leafs}, in field order.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Digest of(Digest... leafs) {
        if (leafs.length == 0) {
            throw new IllegalArgumentException("an object without fields has no MAST hash");
        }
        int width = Integer.highestOneBit(leafs.length);
        if (width < leafs.length) {
            width *= 2;
        }
        Digest[] level = new Digest[width];
        for (int i = 0; i < width; i++) {
            level[i] = i < leafs.length ? leafs[i] : Digest.ZERO;
        }
        for (int left = width; left > 1; left /= 2) {
            for (int i = 0; i < left / 2; i++) {
                level[i] = Tip5.hashPair(level[2 * i], level[2 * i + 1]);
            }
        }
        return level[0];
    }
}
