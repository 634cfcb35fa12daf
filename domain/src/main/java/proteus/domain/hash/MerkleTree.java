package proteus.domain.hash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A whole Merkle tree over a power of two of leafs. Immutable.
 *
 * <p>Node 1 is the root, node i has the children 2i and 2i + 1, leaf j is node n + j. Source: twenty-first 3.1.1,
 * {@code merkle_tree.rs}.
 */
public final class MerkleTree {

    /** The highest tree that inclusion proofs are checked for: node numbers fit a {@code long}. */
    public static final int MAX_HEIGHT = 62;

    private final Digest[] nodes;

    private MerkleTree(Digest[] nodes) {
        this.nodes = nodes;
    }

    /**
     * The tree over {@code leafs}.
     *
     * @throws IllegalArgumentException if their number is no power of two
     */
    public static MerkleTree of(List<Digest> leafs) {
        int count = leafs.size();
        if (Integer.bitCount(count) != 1) {
            throw new IllegalArgumentException("the number of leafs must be a power of two: " + count);
        }
        Digest[] nodes = new Digest[2 * count];
        nodes[0] = Digest.ZERO;
        for (int i = 0; i < count; i++) {
            nodes[count + i] = leafs.get(i);
        }
        for (int i = count - 1; i > 0; i--) {
            nodes[i] = Tip5.hashPair(nodes[2 * i], nodes[2 * i + 1]);
        }
        return new MerkleTree(nodes);
    }

    /** The root. */
    public Digest root() {
        return nodes[1];
    }

    /** The number of levels above the leafs. */
    public int height() {
        return Integer.numberOfTrailingZeros(nodes.length / 2);
    }

    /**
     * The siblings on the way from leaf {@code index} to the root, leaf level first.
     *
     * @throws IndexOutOfBoundsException if there is no such leaf
     */
    public List<Digest> authenticationPath(int index) {
        int leafs = nodes.length / 2;
        Objects.checkIndex(index, leafs);
        List<Digest> path = new ArrayList<>(height());
        for (int node = leafs + index; node > 1; node /= 2) {
            path.add(nodes[node ^ 1]);
        }
        return List.copyOf(path);
    }

    /**
     * The nodes that prove all leafs of {@code indices} together, by node number descending.
     *
     * @throws IndexOutOfBoundsException if there is no such leaf
     */
    public List<Digest> authenticationStructure(Set<Long> indices) {
        int leafs = nodes.length / 2;
        indices.forEach(index -> Objects.checkIndex(index, leafs));
        return structureNodes(height(), indices).stream()
                .map(node -> nodes[Math.toIntExact(node)])
                .toList();
    }

    /**
     * The numbers of the nodes in the authentication structure of the leafs {@code indices}, descending: all siblings on
     * the ways to the root that are not on such a way themselves.
     *
     * @param height of the tree, in {@code [0, 62]}
     */
    public static List<Long> structureNodes(int height, Set<Long> indices) {
        Set<Long> onTheWay = new HashSet<>();
        TreeSet<Long> siblings = new TreeSet<>(Comparator.reverseOrder());
        for (long index : indices) {
            for (long node = (1L << height) + index; node > 1 && onTheWay.add(node); node /= 2) {
                siblings.add(node ^ 1);
            }
        }
        siblings.removeAll(onTheWay);
        return List.copyOf(siblings);
    }

    /**
     * Whether {@code structure} proves that a tree of {@code height} with {@code root} has these leafs. Any input is
     * judged; none is an error.
     *
     * @param leafs by index; no leafs with an empty structure are always included, with any other never
     */
    public static boolean includes(int height, Map<Long, Digest> leafs, List<Digest> structure, Digest root) {
        if (height < 0 || height > MAX_HEIGHT) {
            return false;
        }
        long count = 1L << height;
        if (leafs.keySet().stream().anyMatch(index -> index < 0 || index >= count)) {
            return false;
        }
        if (leafs.isEmpty()) {
            return structure.isEmpty();
        }
        List<Long> expected = structureNodes(height, leafs.keySet());
        if (expected.size() != structure.size()) {
            return false;
        }
        Map<Long, Digest> known = new HashMap<>();
        for (int i = 0; i < structure.size(); i++) {
            known.put(expected.get(i), structure.get(i));
        }
        TreeSet<Long> open = new TreeSet<>();
        leafs.forEach((index, leaf) -> {
            known.put(count + index, leaf);
            open.add(count + index);
        });
        // From the highest number down: a node's children come before it.
        for (long node = open.pollLast(); node > 1; node = open.pollLast()) {
            long left = node & ~1L;
            open.remove(left);
            known.put(node / 2, Tip5.hashPair(of(known, left), of(known, left + 1)));
            open.add(node / 2);
        }
        return root.equals(of(known, 1));
    }

    private static Digest of(Map<Long, Digest> known, long node) {
        return Objects.requireNonNull(known.get(node), "a node whose children are all known");
    }
}
