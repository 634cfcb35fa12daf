package proteus.domain.mmr;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import proteus.domain.hash.Digest;
import proteus.domain.hash.Tip5;

/**
 * A Merkle mountain range of which the peaks are known and the nodes that the paths of some leafs need.
 *
 * <p>It learns leafs with their paths, and from then on keeps them up to date: an append or a mutation costs the nodes
 * that it makes, however many paths are known, and a path is only put together when asked for. This is what updating
 * many membership proofs at once is done with. Not safe for use by many threads.
 */
public final class PartialMmr {

    private final MmrNodes nodes = new MmrNodes();
    private final List<Digest> peaks;
    private long leafCount;

    private PartialMmr(MmrAccumulator accumulator) {
        this.peaks = new ArrayList<>(accumulator.peaks());
        this.leafCount = accumulator.leafCount();
        int peak = 0;
        for (int level = Long.SIZE - 1; level >= 0; level--) {
            if ((leafCount >>> level & 1) == 1) {
                nodes.put(level, leafCount >>> level ^ 1, peaks.get(peak++));
            }
        }
    }

    /** The range of {@code accumulator}; empty if that is not consistent, or has 2^62 leafs or more. */
    public static Optional<PartialMmr> of(MmrAccumulator accumulator) {
        if (!accumulator.isConsistent() || Long.compareUnsigned(accumulator.leafCount(), MmrNodes.MAX_LEAFS) >= 0) {
            return Optional.empty();
        }
        return Optional.of(new PartialMmr(accumulator));
    }

    /** The number of leafs. */
    public long leafCount() {
        return leafCount;
    }

    /** The range as it is now, reduced to its peaks. */
    public MmrAccumulator accumulator() {
        return new MmrAccumulator(leafCount, peaks);
    }

    /**
     * Keeps the path of a leaf, if {@code proof} shows that it is in the range; otherwise learns nothing. Hashes only what
     * it has not hashed before.
     *
     * @param leafIndex unsigned
     * @return whether the proof is true
     */
    public boolean learn(long leafIndex, Digest leaf, MmrMembershipProof proof) {
        Optional<MmrPosition> position = MmrPosition.of(leafIndex, leafCount);
        List<Digest> path = proof.authenticationPath();
        if (position.isEmpty() || path.size() != position.get().height()) {
            return false;
        }
        List<Digest> way = new ArrayList<>(path.size());
        Digest node = leaf;
        int level = 0;
        @Nullable Digest known = nodes.find(level, leafIndex);
        // Ends at the peak at the latest, which is known.
        while (known == null) {
            way.add(node);
            boolean isRight = (leafIndex >>> level & 1) == 1;
            Digest sibling = path.get(level);
            node = isRight ? Tip5.hashPair(sibling, node) : Tip5.hashPair(node, sibling);
            level++;
            known = nodes.find(level, leafIndex >>> level);
        }
        if (!known.equals(node) || !agrees(leafIndex, path, level)) {
            return false;
        }
        for (int i = 0; i < way.size(); i++) {
            nodes.put(i, leafIndex >>> i, way.get(i));
            nodes.put(i, leafIndex >>> i ^ 1, path.get(i));
        }
        return true;
    }

    /** Whether the rest of a path is the siblings that are known: with a node, they all are up to its peak. */
    private boolean agrees(long leafIndex, List<Digest> path, int from) {
        for (int level = from; level < path.size(); level++) {
            if (!Objects.equals(path.get(level), nodes.find(level, leafIndex >>> level ^ 1))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Adds a leaf, whose path is known from then on.
     *
     * @throws IllegalStateException if there are 2^62 - 1 leafs already
     */
    public void append(Digest leaf) {
        if (leafCount == MmrNodes.MAX_LEAFS - 1) {
            throw new IllegalStateException("the range is full");
        }
        nodes.put(0, leafCount, leaf);
        Digest merged = leaf;
        for (int level = 0; (leafCount >>> level & 1) == 1; level++) {
            merged = Tip5.hashPair(peaks.removeLast(), merged);
            nodes.put(level + 1, leafCount >>> (level + 1), merged);
        }
        peaks.add(merged);
        leafCount++;
    }

    /**
     * Puts other leafs in the places of known ones.
     *
     * @param leafIndices ascending, each once
     * @param leafs as many
     * @throws IllegalStateException if one of the leafs to replace is not known
     */
    public void mutate(long[] leafIndices, List<Digest> leafs) {
        for (int i = 0; i < leafIndices.length; i++) {
            nodes.get(0, leafIndices[i]);
            nodes.put(0, leafIndices[i], leafs.get(i));
        }
        long[] numbers = leafIndices.clone();
        int count = numbers.length;
        for (int level = 0; count > 0; level++) {
            count = climb(level, numbers, count);
        }
    }

    /** Computes the parents of changed nodes, and leaves their numbers in place of the nodes'. */
    private int climb(int level, long[] numbers, int count) {
        int parents = 0;
        for (int i = 0; i < count; i++) {
            long number = numbers[i];
            MmrPosition position = position(number << level);
            if (position.height() == level) {
                peaks.set(position.peak(), nodes.get(level, number));
            } else if (parents == 0 || numbers[parents - 1] != number >>> 1) {
                nodes.putParent(level, number);
                numbers[parents++] = number >>> 1;
            }
        }
        return parents;
    }

    /**
     * The path of a known leaf as it is now.
     *
     * @throws IllegalArgumentException if there is no such leaf
     * @throws IllegalStateException if it is not known
     */
    public MmrMembershipProof path(long leafIndex) {
        return new MmrMembershipProof(
                nodes.siblings(leafIndex, position(leafIndex).height()));
    }

    private MmrPosition position(long leafIndex) {
        return MmrPosition.of(leafIndex, leafCount)
                .orElseThrow(() -> new IllegalArgumentException("no leaf " + leafIndex + " among " + leafCount));
    }
}
