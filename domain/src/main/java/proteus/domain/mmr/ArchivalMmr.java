package proteus.domain.mmr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.domain.hash.Digest;
import proteus.domain.hash.Tip5;

/**
 * A Merkle mountain range with all its nodes: gives every leaf's path, as of now and as of any earlier leaf count.
 *
 * <p>Immutable, so safe for use by many threads; what is made from it shares nearly all of its memory, 80 bytes a leaf.
 * Source: protocol page "consensus", sections 2.2 and 10.
 */
public final class ArchivalMmr {

    /** The range without leafs. */
    public static final ArchivalMmr EMPTY = new ArchivalMmr(List.of(DigestRow.EMPTY));

    /** The most leafs that can be held. */
    public static final int MAX_LEAFS = 1 << 30;

    /** For each level above the leafs, its nodes that no later leaf changes. */
    private final List<DigestRow> levels;

    private ArchivalMmr(List<DigestRow> levels) {
        this.levels = List.copyOf(levels);
    }

    /** The number of leafs. */
    public long leafCount() {
        return levels.getFirst().size();
    }

    /** The leaf with this number, unsigned; empty if there is none. */
    public Optional<Digest> leaf(long index) {
        return Long.compareUnsigned(index, leafCount()) < 0
                ? Optional.of(levels.getFirst().get((int) index))
                : Optional.empty();
    }

    /**
     * The range with one leaf more.
     *
     * @throws IllegalStateException if there are {@link #MAX_LEAFS} already
     */
    public ArchivalMmr append(Digest leaf) {
        if (leafCount() == MAX_LEAFS) {
            throw new IllegalStateException("the range is full");
        }
        List<DigestRow> more = new ArrayList<>(levels);
        Digest node = leaf;
        for (int level = 0; ; level++) {
            DigestRow row = level < more.size() ? more.get(level) : DigestRow.EMPTY;
            if (level == more.size()) {
                more.add(row);
            }
            more.set(level, row.append(node));
            if (row.size() % 2 == 0) {
                return new ArchivalMmr(more);
            }
            node = Tip5.hashPair(row.get(row.size() - 1), node);
        }
    }

    /**
     * The range of the first {@code leafCount} leafs.
     *
     * @throws IllegalArgumentException if there are fewer
     */
    public ArchivalMmr first(long leafCount) {
        requireCount(leafCount);
        List<DigestRow> fewer = new ArrayList<>();
        for (int level = 0; level == 0 || leafCount >>> level > 0; level++) {
            fewer.add(levels.get(level).first((int) (leafCount >>> level)));
        }
        return new ArchivalMmr(fewer);
    }

    /**
     * The first {@code leafCount} leafs, reduced to their peaks.
     *
     * @throws IllegalArgumentException if there are fewer
     */
    public MmrAccumulator accumulator(long leafCount) {
        requireCount(leafCount);
        List<Digest> peaks = new ArrayList<>();
        for (int level = levels.size() - 1; level >= 0; level--) {
            long nodes = leafCount >>> level;
            if (nodes % 2 == 1) {
                peaks.add(levels.get(level).get((int) nodes - 1));
            }
        }
        return new MmrAccumulator(leafCount, peaks);
    }

    /**
     * The path of a leaf in the range of the first {@code leafCount} leafs; empty if there is no such leaf among them, or
     * there are fewer leafs.
     *
     * @param leafIndex unsigned
     * @param leafCount unsigned
     */
    public Optional<MmrMembershipProof> path(long leafIndex, long leafCount) {
        if (Long.compareUnsigned(leafCount, leafCount()) > 0) {
            return Optional.empty();
        }
        return MmrPosition.of(leafIndex, leafCount).map(position -> path((int) leafIndex, position));
    }

    /**
     * The path of a leaf in a longer range that begins with this one, when that of this one's last leaf is known there;
     * empty if there is no such leaf here, or that path is not one of the longer range.
     *
     * @param leafIndex unsigned
     * @param leafCount of the longer range, unsigned
     * @param ofLast the path of this range's last leaf in the longer one
     */
    public Optional<MmrMembershipProof> stretched(long leafIndex, long leafCount, MmrMembershipProof ofLast) {
        long last = leafCount() - 1;
        Optional<MmrPosition> ofLeaf = MmrPosition.of(leafIndex, leafCount);
        Optional<MmrPosition> end = MmrPosition.of(last, leafCount)
                .filter(position ->
                        position.height() == ofLast.authenticationPath().size());
        if (ofLeaf.isEmpty() || end.isEmpty() || Long.compareUnsigned(leafIndex, last) > 0) {
            return Optional.empty();
        }
        if (leafIndex == last) {
            return Optional.of(ofLast);
        }
        if (ofLeaf.get().peak() != end.get().peak()) {
            // The leaf's tree ends before the last leaf, so it is here as a whole.
            return ofLeaf.map(position -> path((int) leafIndex, position));
        }
        return Optional.of(joined((int) leafIndex, (int) last, ofLast));
    }

    /** The way of a leaf up to where it meets that of the last one, and from there on as that one goes. */
    private MmrMembershipProof joined(int leafIndex, int last, MmrMembershipProof ofLast) {
        int meeting = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(leafIndex ^ last);
        List<Digest> siblings = new ArrayList<>(ofLast.authenticationPath());
        for (int level = 0; level < meeting; level++) {
            siblings.set(level, levels.get(level).get(leafIndex >>> level ^ 1));
        }
        siblings.set(meeting, ofLast.nodeAbove(leaf(last).orElseThrow(), last, meeting));
        return new MmrMembershipProof(siblings);
    }

    private MmrMembershipProof path(int leafIndex, MmrPosition position) {
        List<Digest> siblings = new ArrayList<>(position.height());
        for (int level = 0; level < position.height(); level++) {
            siblings.add(levels.get(level).get(leafIndex >>> level ^ 1));
        }
        return new MmrMembershipProof(siblings);
    }

    private void requireCount(long leafCount) {
        if (leafCount < 0 || leafCount > leafCount()) {
            throw new IllegalArgumentException(leafCount + " leafs of " + leafCount());
        }
    }
}
