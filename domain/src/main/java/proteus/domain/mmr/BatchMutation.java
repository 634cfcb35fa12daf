package proteus.domain.mmr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.domain.hash.Digest;
import proteus.domain.hash.Tip5;

/**
 * Several leaf mutations of one accumulator, done together from the leafs up.
 *
 * <p>Where paths meet, the nodes that the batch has changed count, not what the paths say of them. Nodes are named by
 * their level above the leafs and their number in it, counted over the whole range: the trees of a range are aligned,
 * so that each node's children are 2i and 2i + 1 of the level below. Source: twenty-first 3.1.1, {@code
 * mmr_accumulator.rs}.
 */
final class BatchMutation {

    private final List<Digest> peaks;

    /** By level, the new digests of the changed nodes. */
    private final List<Map<Long, Digest>> changed = new ArrayList<>();

    private BatchMutation(List<Digest> peaks) {
        this.peaks = new ArrayList<>(peaks);
    }

    /** The accumulator after {@code mutations}, and what they changed; empty if one of them does not fit it. */
    static Optional<MmrAccumulator.Mutated> apply(MmrAccumulator accumulator, List<LeafMutation> mutations) {
        if (!accumulator.isConsistent()) {
            return Optional.empty();
        }
        Map<Long, Climb> climbs = new HashMap<>();
        for (LeafMutation mutation : mutations) {
            Optional<MmrPosition> position = MmrPosition.of(mutation.leafIndex(), accumulator.leafCount());
            List<Digest> path = mutation.membershipProof().authenticationPath();
            if (position.isEmpty() || path.size() != position.get().height()) {
                return Optional.empty();
            }
            Climb climb = new Climb(mutation.newLeaf(), path, position.get().peak());
            if (climbs.put(mutation.leafIndex(), climb) != null) {
                return Optional.empty();
            }
        }
        BatchMutation batch = new BatchMutation(accumulator.peaks());
        for (int level = 0; !climbs.isEmpty(); level++) {
            climbs = batch.climb(level, climbs);
        }
        return Optional.of(
                new MmrAccumulator.Mutated(new MmrAccumulator(accumulator.leafCount(), batch.peaks), batch.changed));
    }

    /** Goes from one level to the next; whoever has arrived at a peak stays there. */
    private Map<Long, Climb> climb(int level, Map<Long, Climb> climbs) {
        Map<Long, Digest> nodes = new HashMap<>();
        climbs.forEach((index, climb) -> nodes.put(index, climb.node()));
        changed.add(nodes);

        Map<Long, Climb> above = new HashMap<>();
        climbs.forEach((index, climb) -> {
            if (level == climb.path().size()) {
                peaks.set(climb.peak(), climb.node());
            } else if (!above.containsKey(index >>> 1)) {
                Digest sibling = nodes.getOrDefault(index ^ 1, climb.path().get(level));
                boolean isRight = (index & 1) == 1;
                Digest parent = isRight ? Tip5.hashPair(sibling, climb.node()) : Tip5.hashPair(climb.node(), sibling);
                above.put(index >>> 1, new Climb(parent, climb.path(), climb.peak()));
            }
        });
        return above;
    }

    /** A changed node on its way up, with the path of one of the mutations below it. */
    private record Climb(Digest node, List<Digest> path, int peak) {}
}
