package proteus.domain.mmr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import proteus.domain.hash.Digest;
import proteus.domain.hash.Tip5;

/**
 * The nodes of one level of a tree that are on the ways from some leafs to the peak; goes up level by level.
 *
 * <p>In sorted arrays and not in a hash table: the numbers are chosen by a peer, who could make them collide. Not safe for
 * use by many threads.
 */
final class Ways {

    /** Ascending, each once. */
    private long[] numbers;

    /** For each leaf, which of the nodes is above it. */
    private final int[] above;

    private int level;

    /** The leafs themselves, by number ascending. */
    Ways(long[] leafs) {
        numbers = leafs;
        above = IntStream.range(0, leafs.length).toArray();
    }

    int level() {
        return level;
    }

    /** Which of the nodes is above the leaf, counted from the left. */
    int above(int leaf) {
        return above[leaf];
    }

    /** One of the leafs below a node. */
    int someLeafBelow(int way) {
        return Arrays.binarySearch(above, way);
    }

    /** The nodes whose sibling is on no way, from right to left. */
    int[] lonely() {
        return IntStream.iterate(numbers.length - 1, i -> i >= 0, i -> i - 1)
                .filter(i -> !isLeft(i) && !isLeft(i - 1))
                .toArray();
    }

    /** The siblings of the nodes, from left to right; those on no way are taken from {@code structure}. */
    List<Digest> siblings(List<Digest> nodes, Iterator<Digest> structure) {
        List<Digest> siblings = new ArrayList<>(Collections.nCopies(nodes.size(), Digest.ZERO));
        for (int i = numbers.length - 1; i >= 0; i--) {
            boolean isRight = isLeft(i - 1);
            siblings.set(i, isLeft(i) ? nodes.get(i + 1) : isRight ? nodes.get(i - 1) : structure.next());
        }
        return siblings;
    }

    /** The nodes of the level above. */
    List<Digest> parents(List<Digest> nodes, List<Digest> siblings) {
        List<Digest> parents = new ArrayList<>(nodes.size());
        for (int i = 0; i < numbers.length; i++) {
            if (!isLeft(i - 1)) {
                boolean isRightChild = (numbers[i] & 1) == 1;
                parents.add(
                        isRightChild
                                ? Tip5.hashPair(siblings.get(i), nodes.get(i))
                                : Tip5.hashPair(nodes.get(i), siblings.get(i)));
            }
        }
        return parents;
    }

    /** Goes to the level above. */
    void climb() {
        int[] parents = new int[numbers.length];
        int count = 0;
        for (int i = 0; i < numbers.length; i++) {
            parents[i] = isLeft(i - 1) ? count - 1 : count++;
        }
        long[] climbed = new long[count];
        for (int i = 0; i < numbers.length; i++) {
            climbed[parents[i]] = numbers[i] >>> 1;
        }
        for (int i = 0; i < above.length; i++) {
            above[i] = parents[above[i]];
        }
        numbers = climbed;
        level++;
    }

    /** Whether a node is a left child whose sibling is on a way, too: the next node. */
    private boolean isLeft(int way) {
        return way >= 0 && way + 1 < numbers.length && numbers[way + 1] == (numbers[way] ^ 1);
    }
}
