package proteus.domain.mmr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import proteus.domain.hash.Digest;

/**
 * Where the authentication structures of some leafs of a Merkle mountain range have their nodes.
 *
 * <p>There is one structure for each tree of the range, lowest tree first: the nodes that prove all of the tree's leafs
 * together, that is all siblings on the ways to the peak that are not on such a way themselves, from the leafs up and from
 * right to left. A tree without such leafs has an empty one. Immutable. Source: twenty-first 3.1.1, {@code
 * merkle_tree.rs}.
 */
public final class AuthenticationStructures {

    private final long[] leafIndices;
    private final List<Tree> trees;

    private AuthenticationStructures(long[] leafIndices, List<Tree> trees) {
        this.leafIndices = leafIndices;
        this.trees = trees;
    }

    /**
     * The structures of leafs in a range.
     *
     * @param leafCount of the range, below 2^62
     * @param leafIndices ascending, each once
     * @throws IllegalArgumentException if the range is too large, or has not all of these leafs
     */
    public static AuthenticationStructures of(long leafCount, long... leafIndices) {
        if (Long.compareUnsigned(leafCount, MmrNodes.MAX_LEAFS) >= 0) {
            throw new IllegalArgumentException("too many leafs: " + Long.toUnsignedString(leafCount));
        }
        int end = leafIndices.length;
        if (end > 0 && (leafIndices[0] < 0 || leafIndices[end - 1] >= leafCount)) {
            throw new IllegalArgumentException("leafs outside a range of " + leafCount);
        }
        List<Tree> trees = new ArrayList<>();
        for (int height = 0; height < Long.SIZE - 2; height++) {
            if ((leafCount >>> height & 1) == 1) {
                long first = leafCount >>> (height + 1) << (height + 1);
                int start = end;
                while (start > 0 && leafIndices[start - 1] >= first) {
                    start--;
                }
                trees.add(new Tree(height, Arrays.copyOfRange(leafIndices, start, end)));
                end = start;
            }
        }
        return new AuthenticationStructures(leafIndices.clone(), List.copyOf(trees));
    }

    /** The heights of the trees, ascending. */
    public List<Integer> heights() {
        return trees.stream().map(tree -> tree.height).toList();
    }

    /** How many nodes each structure has, lowest tree first. */
    public List<Integer> sizes() {
        return trees.stream().map(Tree::structureSize).toList();
    }

    /**
     * The paths that the structures stand for.
     *
     * @param leafs in the order of their indices
     * @param structures one for each tree, lowest tree first, of the right {@link #sizes}
     * @return the paths, in the order of the leafs
     * @throws IllegalArgumentException if the numbers of leafs or structures, or the size of one, are others
     */
    public List<MmrMembershipProof> paths(List<Digest> leafs, List<List<Digest>> structures) {
        if (leafs.size() != leafIndices.length
                || !structures.stream().map(List::size).toList().equals(sizes())) {
            throw new IllegalArgumentException("structures of another shape");
        }
        MmrNodes nodes = new MmrNodes();
        for (int i = 0; i < leafIndices.length; i++) {
            nodes.put(0, leafIndices[i], leafs.get(i));
        }
        List<MmrMembershipProof> paths = new ArrayList<>();
        for (int i = 0; i < trees.size(); i++) {
            trees.get(i).fill(nodes, structures.get(i).iterator());
        }
        // The highest tree has the first leafs.
        for (Tree tree : trees.reversed()) {
            for (long leaf : tree.leafs) {
                paths.add(new MmrMembershipProof(nodes.siblings(leaf, 0, tree.height)));
            }
        }
        return paths;
    }

    /**
     * The structures that stand for these paths.
     *
     * @param paths in the order of the leafs' indices; agreeing with each other
     * @return the structures, lowest tree first
     * @throws IllegalArgumentException if there is another number of paths, or one has another length than its leaf's way
     */
    public List<List<Digest>> structures(List<MmrMembershipProof> paths) {
        if (paths.size() != leafIndices.length) {
            throw new IllegalArgumentException(paths.size() + " paths of " + leafIndices.length + " leafs");
        }
        MmrNodes nodes = new MmrNodes();
        Iterator<MmrMembershipProof> rest = paths.iterator();
        for (Tree tree : trees.reversed()) {
            for (long leaf : tree.leafs) {
                putPath(nodes, leaf, tree.height, rest.next().authenticationPath());
            }
        }
        return trees.stream().map(tree -> tree.structure(nodes)).toList();
    }

    private static void putPath(MmrNodes nodes, long leaf, int height, List<Digest> path) {
        if (path.size() != height) {
            throw new IllegalArgumentException(
                    "the path of leaf " + leaf + " has " + height + " digests, not " + path.size());
        }
        for (int level = 0; level < height; level++) {
            nodes.put(level, leaf >>> level ^ 1, path.get(level));
        }
    }

    /** What is to be done with the nodes of a structure, in their order. */
    @FunctionalInterface
    private interface NodeVisitor {
        void visit(int level, long number);
    }

    /** One tree and the leafs in it. */
    private static final class Tree {

        private final int height;
        private final long[] leafs;

        Tree(int height, long[] leafs) {
            this.height = height;
            this.leafs = leafs;
        }

        int structureSize() {
            int[] size = {0};
            visit((level, number) -> size[0]++, (level, number) -> {});
            return size[0];
        }

        List<Digest> structure(MmrNodes nodes) {
            List<Digest> structure = new ArrayList<>();
            visit((level, number) -> structure.add(nodes.get(level, number)), (level, number) -> {});
            return structure;
        }

        /** Makes all nodes known that are on the ways or beside them, but for the peak. */
        void fill(MmrNodes nodes, Iterator<Digest> structure) {
            visit((level, number) -> nodes.put(level, number, structure.next()), nodes::putParent);
        }

        /** Visits the structure's nodes, and after those of a level the level's nodes that are on the ways. */
        private void visit(NodeVisitor structure, NodeVisitor ways) {
            long[] numbers = leafs.clone();
            int count = numbers.length;
            for (int level = 0; level < height && count > 0; level++) {
                for (int i = count - 1; i >= 0; i--) {
                    if (i > 0 && numbers[i - 1] == (numbers[i] ^ 1)) {
                        i--;
                    } else {
                        structure.visit(level, numbers[i] ^ 1);
                    }
                }
                count = climb(level, numbers, count, ways);
            }
        }

        private static int climb(int level, long[] numbers, int count, NodeVisitor ways) {
            int parents = 0;
            for (int i = 0; i < count; i++) {
                long parent = numbers[i] >>> 1;
                if (parents == 0 || numbers[parents - 1] != parent) {
                    ways.visit(level, numbers[i]);
                    numbers[parents++] = parent;
                }
            }
            return parents;
        }
    }
}
