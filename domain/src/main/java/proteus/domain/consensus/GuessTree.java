package proteus.domain.consensus;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import proteus.domain.hash.Digest;
import proteus.domain.hash.MerkleTree;
import proteus.domain.hash.Tip5;

/**
 * The large tree of which a guess of the first rule sets had to hold two leafs.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code pow.rs}; protocol page "consensus", section 5.3.
 *
 * @param height the levels above the leafs: in the network always 29, {@link proteus.domain.block.BlockPow#PATH_LENGTH}
 * @param prefix what the leafs grow from
 * @param reversesBits whether the leaf in each place is the one whose number has the place's bits in opposite order
 */
record GuessTree(int height, Digest prefix, boolean reversesBits) {

    private static final int BUDS_PER_LEAF = 32;
    private static final int HASH_ROUNDS = 62;

    /** The leaf at {@code place}. */
    Digest leaf(long place) {
        long first = reversesBits ? Long.reverse(place) >>> (Long.SIZE - height) : place;
        List<Digest> buds = LongStream.range(first, first + BUDS_PER_LEAF)
                .mapToObj(this::bud)
                .toList();
        return MerkleTree.of(buds).root();
    }

    private Digest bud(long number) {
        return Tip5.hashPair(prefix, new Digest(number & mask(), 0, 0, 0, 0));
    }

    /** Whether {@code path} leads from the leaf at {@code place} to {@code root}. */
    boolean contains(long place, List<Digest> path, Digest root) {
        return MerkleTree.includes(height, Map.of(place, leaf(place)), path, root);
    }

    /** The places that the nonce points to, slowly, so that they cannot be chosen. */
    Places places(Digest root, Digest commit, Digest nonce) {
        Digest picked = Tip5.hashPair(Tip5.hashPair(root, commit), nonce);
        for (int i = 0; i < HASH_ROUNDS; i++) {
            picked = Tip5.hashPair(picked, Digest.ZERO);
        }
        return new Places(picked.at(0) & mask(), picked.at(1) & mask());
    }

    private long mask() {
        return (1L << height) - 1;
    }

    /** Two leaf numbers. */
    record Places(long a, long b) {}
}
