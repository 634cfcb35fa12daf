package proteus.domain.mmr;

import java.util.List;
import proteus.domain.hash.Digest;
import proteus.domain.hash.Tip5;

/**
 * Proves that a leaf belongs to a Merkle mountain range.
 *
 * @param authenticationPath the siblings on the way from the leaf to its peak, leaf level first
 */
public record MmrMembershipProof(List<Digest> authenticationPath) {

    public MmrMembershipProof {
        authenticationPath = List.copyOf(authenticationPath);
    }

    /** The peak that {@code leaf} at {@code position} has according to this path. */
    Digest peakAbove(MmrPosition position, Digest leaf) {
        Digest node = leaf;
        for (int level = 0; level < authenticationPath.size(); level++) {
            Digest sibling = authenticationPath.get(level);
            boolean isRight = (position.indexInTree() >>> level & 1) == 1;
            node = isRight ? Tip5.hashPair(sibling, node) : Tip5.hashPair(node, sibling);
        }
        return node;
    }
}
