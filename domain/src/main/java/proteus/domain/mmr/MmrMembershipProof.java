package proteus.domain.mmr;

import java.util.List;
import java.util.Optional;
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

    /**
     * The path of the same leaf in the range as it was when it had fewer leafs, which is the beginning of this one; empty
     * if there was no such leaf, or this one is shorter.
     *
     * @param leafIndex the leaf's number, unsigned
     * @param leafCount of the smaller range, unsigned
     */
    public Optional<MmrMembershipProof> truncatedTo(long leafIndex, long leafCount) {
        return MmrPosition.of(leafIndex, leafCount)
                .filter(position -> position.height() <= authenticationPath.size())
                .map(position -> new MmrMembershipProof(authenticationPath.subList(0, position.height())));
    }

    /** The peak that {@code leaf} at {@code position} has according to this path. */
    Digest peakAbove(MmrPosition position, Digest leaf) {
        return nodeAbove(leaf, position.indexInTree(), authenticationPath.size());
    }

    /** The node so many levels above {@code leaf}, of whose number in its tree at least the lower bits are given. */
    Digest nodeAbove(Digest leaf, long index, int levels) {
        Digest node = leaf;
        for (int level = 0; level < levels; level++) {
            Digest sibling = authenticationPath.get(level);
            boolean isRight = (index >>> level & 1) == 1;
            node = isRight ? Tip5.hashPair(sibling, node) : Tip5.hashPair(node, sibling);
        }
        return node;
    }
}
