package proteus.bootstrap.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import proteus.domain.hash.Digest;

/**
 * When the nodes of a demo adopted each block, and how long after the first of them, which mined it. Keeps the last {@value
 * #MOST} blocks. Safe for use by many threads.
 */
final class Propagation {

    private static final int MOST = 100;

    /** The first adoption of a block, and who has it. */
    private final Map<Digest, Long> first = new LinkedHashMap<>();

    private final Map<Role, Deque<Duration>> delays = new EnumMap<>(Role.class);
    private final Map<Role, Integer> mined = new EnumMap<>(Role.class);

    /**
     * How long blocks of others took to get to a node.
     *
     * @param median of the last blocks
     * @param max of the last blocks
     */
    record Delay(Duration median, Duration max) {}

    /**
     * A node adopted a block.
     *
     * @param nanos when, by a clock that all nodes share
     */
    synchronized void adopted(Role node, Digest block, long nanos) {
        Long mine = first.get(block);
        if (mine != null) {
            Deque<Duration> ofNode = delays.computeIfAbsent(node, _ -> new ArrayDeque<>());
            ofNode.add(Duration.ofNanos(nanos - mine));
            if (ofNode.size() > MOST) {
                ofNode.remove();
            }
            return;
        }
        first.put(block, nanos);
        if (first.size() > MOST) {
            first.remove(first.keySet().iterator().next());
        }
    }

    /** A node mined a block. */
    synchronized void mined(Role node) {
        mined.merge(node, 1, Integer::sum);
    }

    /** How many blocks a node mined. */
    synchronized int minedBy(Role node) {
        return mined.getOrDefault(node, 0);
    }

    /** How long blocks took to {@code node}; empty if none came. */
    synchronized Optional<Delay> delay(Role node) {
        List<Duration> sorted = new ArrayList<>(delays.getOrDefault(node, new ArrayDeque<>()));
        sorted.sort(null);
        return sorted.isEmpty()
                ? Optional.empty()
                : Optional.of(new Delay(sorted.get(sorted.size() / 2), sorted.getLast()));
    }
}
