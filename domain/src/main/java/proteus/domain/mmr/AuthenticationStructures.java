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

    private final int leafCount;

    /** Lowest first. */
    private final List<Tree> trees;

    private AuthenticationStructures(int leafCount, List<Tree> trees) {
        this.leafCount = leafCount;
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
                trees.add(new Tree(height, start, Arrays.copyOfRange(leafIndices, start, end)));
                end = start;
            }
        }
        return new AuthenticationStructures(leafIndices.length, List.copyOf(trees));
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
        if (leafs.size() != leafCount
                || !structures.stream().map(List::size).toList().equals(sizes())) {
            throw new IllegalArgumentException("structures of another shape");
        }
        List<MmrMembershipProof> paths = new ArrayList<>(leafCount);
        // The highest tree has the first leafs.
        for (int i = trees.size() - 1; i >= 0; i--) {
            paths.addAll(trees.get(i).paths(leafs, structures.get(i).iterator()));
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
        if (paths.size() != leafCount || !trees.stream().allMatch(tree -> tree.fits(paths))) {
            throw new IllegalArgumentException("paths of another shape");
        }
        return trees.stream().map(tree -> tree.structure(paths)).toList();
    }

    /** One tree and the leafs in it. */
    private static final class Tree {

        private final int height;

        /** Which of all leafs is the first in this tree. */
        private final int first;

        private final long[] leafIndices;

        Tree(int height, int first, long[] leafIndices) {
            this.height = height;
            this.first = first;
            this.leafIndices = leafIndices;
        }

        int structureSize() {
            int size = 0;
            for (Ways ways = new Ways(leafIndices); ways.level() < height; ways.climb()) {
                size += ways.lonely().length;
            }
            return size;
        }

        boolean fits(List<MmrMembershipProof> paths) {
            return paths.subList(first, first + leafIndices.length).stream()
                    .allMatch(path -> path.authenticationPath().size() == height);
        }

        List<Digest> structure(List<MmrMembershipProof> paths) {
            List<Digest> structure = new ArrayList<>();
            for (Ways ways = new Ways(leafIndices); ways.level() < height; ways.climb()) {
                for (int way : ways.lonely()) {
                    MmrMembershipProof path = paths.get(first + ways.someLeafBelow(way));
                    structure.add(path.authenticationPath().get(ways.level()));
                }
            }
            return structure;
        }

        List<MmrMembershipProof> paths(List<Digest> leafs, Iterator<Digest> structure) {
            List<List<Digest>> paths = new ArrayList<>();
            for (int i = 0; i < leafIndices.length; i++) {
                paths.add(new ArrayList<>(height));
            }
            List<Digest> nodes = leafs.subList(first, first + leafIndices.length);
            for (Ways ways = new Ways(leafIndices); ways.level() < height; ways.climb()) {
                List<Digest> siblings = ways.siblings(nodes, structure);
                for (int i = 0; i < paths.size(); i++) {
                    paths.get(i).add(siblings.get(ways.above(i)));
                }
                nodes = ways.parents(nodes, siblings);
            }
            return paths.stream().map(MmrMembershipProof::new).toList();
        }
    }
}
