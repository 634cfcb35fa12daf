package proteus.domain.mmr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.domain.codec.FieldWriter;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.hash.Tip5;

/**
 * A Merkle mountain range reduced to its peaks.
 *
 * <p>As it comes from the wire it may be inconsistent: decoding does not compare the number of peaks with the leaf
 * count. Such a one takes no leafs and proves nothing. Source: twenty-first 3.1.1, {@code util_types/mmr}.
 *
 * @param leafCount the number of leafs ever appended, unsigned; a plain integer, never reduced modulo p
 * @param peaks the roots of the trees, highest tree first
 */
public record MmrAccumulator(long leafCount, List<Digest> peaks) {

    /** The range without leafs. */
    public static final MmrAccumulator EMPTY = new MmrAccumulator(0, List.of());

    public MmrAccumulator {
        peaks = List.copyOf(peaks);
    }

    /** Whether there are as many peaks as the leaf count has one-bits. */
    public boolean isConsistent() {
        return peaks.size() == Long.bitCount(leafCount);
    }

    /**
     * The accumulator with one leaf more; empty if this one is not consistent, or full with 2^64 - 1 leafs.
     *
     * @param leaf becomes the leaf with number {@code leafCount}
     */
    public Optional<Appended> append(Digest leaf) {
        if (!isConsistent() || leafCount == -1) {
            return Optional.empty();
        }
        List<Digest> newPeaks = new ArrayList<>(peaks);
        List<Digest> path = new ArrayList<>();
        List<Digest> way = new ArrayList<>();
        Digest merged = leaf;
        for (int trees = Long.numberOfTrailingZeros(~leafCount); trees > 0; trees--) {
            Digest older = newPeaks.removeLast();
            way.add(merged);
            path.add(older);
            merged = Tip5.hashPair(older, merged);
        }
        newPeaks.add(merged);
        return Optional.of(
                new Appended(new MmrAccumulator(leafCount + 1, newPeaks), new MmrMembershipProof(path), way));
    }

    /**
     * The accumulator with other leafs in some places; empty if this one is not consistent, a mutation's leaf does not
     * exist, its path has the wrong length, or two mutations are of the same leaf. That the paths are true is not
     * checked: ask {@link #contains} about the old leafs.
     *
     * @param mutations in any order, whose paths are all those before the first of them
     */
    public Optional<Mutated> mutate(List<LeafMutation> mutations) {
        return BatchMutation.apply(this, mutations);
    }

    /** All peaks and the leaf count in one digest. */
    public Digest bag() {
        Digest bagged = Tip5.hash10(
                BFieldElements.of(leafCount & 0xFFFF_FFFFL, leafCount >>> Integer.SIZE, 0, 0, 0, 0, 0, 0, 0, 0));
        for (Digest peak : peaks.reversed()) {
            bagged = Tip5.hashPair(peak, bagged);
        }
        return bagged;
    }

    /**
     * Whether {@code proof} shows that {@code leaf} is the leaf with number {@code leafIndex}. Any input is judged; none
     * is an error.
     *
     * @param leafIndex unsigned
     */
    public boolean contains(long leafIndex, Digest leaf, MmrMembershipProof proof) {
        Optional<MmrPosition> position = MmrPosition.of(leafIndex, leafCount);
        if (!isConsistent()
                || position.isEmpty()
                || proof.authenticationPath().size() != position.get().height()) {
            return false;
        }
        return proof.peakAbove(position.get(), leaf)
                .equals(peaks.get(position.get().peak()));
    }

    /** The hash of the accumulator's encoding. */
    public Digest hash() {
        FieldWriter out = new FieldWriter();
        MmrEncoding.write(out, this);
        return out.hash();
    }

    /**
     * What appending a leaf gives.
     *
     * @param accumulator with the leaf
     * @param membershipProof of the leaf in it
     * @param way the nodes from the leaf up to its peak, the leaf first, without the peak
     */
    public record Appended(MmrAccumulator accumulator, MmrMembershipProof membershipProof, List<Digest> way) {

        public Appended {
            way = List.copyOf(way);
        }

        /**
         * The path in the new accumulator of a leaf that has {@code proof} in the old one. It only grows at its end.
         *
         * @param leafIndex the leaf's number, unsigned
         * @throws IllegalArgumentException if the old accumulator has no such leaf, or the path another length
         */
        public MmrMembershipProof updated(long leafIndex, MmrMembershipProof proof) {
            long oldCount = accumulator.leafCount - 1;
            int height = requirePath(leafIndex, oldCount, proof);
            int newHeight = requirePosition(leafIndex, accumulator.leafCount).height();
            if (newHeight == height) {
                return proof;
            }
            List<Digest> path = new ArrayList<>(proof.authenticationPath());
            // The leaf's old tree meets what the new leaf has become by then; from there both go the same way.
            path.add(way.get(height));
            path.addAll(membershipProof.authenticationPath().subList(height + 1, newHeight));
            return new MmrMembershipProof(path);
        }
    }

    /**
     * What mutating leafs gives.
     *
     * @param accumulator with the new leafs
     * @param changed the changed nodes: for each level above the leafs, by their number in it
     */
    public record Mutated(MmrAccumulator accumulator, List<Map<Long, Digest>> changed) {

        public Mutated {
            changed = changed.stream().map(Map::copyOf).toList();
        }

        /**
         * The path in the new accumulator of a leaf that has {@code proof} in the old one, whether or not the leaf itself
         * was mutated. It only has other entries.
         *
         * @param leafIndex the leaf's number, unsigned
         * @throws IllegalArgumentException if there is no such leaf, or the path has another length
         */
        public MmrMembershipProof updated(long leafIndex, MmrMembershipProof proof) {
            requirePath(leafIndex, accumulator.leafCount, proof);
            List<Digest> path = new ArrayList<>(proof.authenticationPath());
            for (int level = 0; level < Math.min(path.size(), changed.size()); level++) {
                long sibling = leafIndex >>> level ^ 1;
                path.set(level, changed.get(level).getOrDefault(sibling, path.get(level)));
            }
            return new MmrMembershipProof(path);
        }
    }

    private static int requirePath(long leafIndex, long leafCount, MmrMembershipProof proof) {
        int height = requirePosition(leafIndex, leafCount).height();
        if (proof.authenticationPath().size() != height) {
            throw new IllegalArgumentException("the path of leaf " + Long.toUnsignedString(leafIndex) + " has " + height
                    + " digests, not " + proof.authenticationPath().size());
        }
        return height;
    }

    private static MmrPosition requirePosition(long leafIndex, long leafCount) {
        return MmrPosition.of(leafIndex, leafCount)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no leaf " + Long.toUnsignedString(leafIndex) + " among " + Long.toUnsignedString(leafCount)));
    }
}
