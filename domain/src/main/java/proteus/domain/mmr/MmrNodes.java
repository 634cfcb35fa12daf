package proteus.domain.mmr;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import proteus.domain.hash.Digest;
import proteus.domain.hash.Tip5;

/**
 * Some nodes of a Merkle mountain range, by their level above the leafs and their number in it.
 *
 * <p>Numbers count over the whole range: its trees are aligned, so that each node's children are 2i and 2i + 1 of the
 * level below, and nodes keep their numbers when leafs are appended. A hash table with open addressing, because the
 * nodes of a large block are many and each would cost two objects more in a {@code HashMap}. The numbers must be
 * those of a range that no peer has chosen, or they could be made to collide. Not safe for use by many threads.
 */
final class MmrNodes {

    /** The most leafs of a range whose nodes can be held: every node's key fits a {@code long}. */
    static final long MAX_LEAFS = 1L << 62;

    private static final int SMALLEST = 64;

    /** Never a key, since every key has a one-bit: that of its level. */
    private static final long FREE = 0;

    private long[] keys = new long[SMALLEST];
    private @Nullable Digest[] digests = new @Nullable Digest[SMALLEST];
    private int size;

    /** The node, or null if it is not known. */
    @Nullable Digest find(int level, long number) {
        return digests[slot(keys, key(level, number))];
    }

    /**
     * The node.
     *
     * @throws IllegalStateException if it is not known
     */
    Digest get(int level, long number) {
        Digest found = find(level, number);
        if (found == null) {
            throw new IllegalStateException("node " + number + " of level " + level + " is not known");
        }
        return found;
    }

    void put(int level, long number, Digest digest) {
        long key = key(level, number);
        int slot = slot(keys, key);
        if (keys[slot] == FREE) {
            size++;
            keys[slot] = key;
        }
        digests[slot] = digest;
        if (size > keys.length / 2) {
            grow();
        }
    }

    /** Puts the parent of two known nodes, of which {@code number} is one. */
    void putParent(int level, long number) {
        long left = number & ~1L;
        put(level + 1, number >>> 1, Tip5.hashPair(get(level, left), get(level, left + 1)));
    }

    /**
     * The siblings on the way up from a node.
     *
     * @param leaf the number of the leaf where the way begins
     * @param height the level where the way ends
     * @throws IllegalStateException if one is not known
     */
    List<Digest> siblings(long leaf, int height) {
        List<Digest> siblings = new ArrayList<>(height);
        for (int level = 0; level < height; level++) {
            siblings.add(get(level, leaf >>> level ^ 1));
        }
        return siblings;
    }

    private void grow() {
        long[] newKeys = new long[2 * keys.length];
        @Nullable Digest[] newDigests = new @Nullable Digest[newKeys.length];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != FREE) {
                int slot = slot(newKeys, keys[i]);
                newKeys[slot] = keys[i];
                newDigests[slot] = digests[i];
            }
        }
        keys = newKeys;
        digests = newDigests;
    }

    /** The lowest one-bit tells the level, what is above it the number. */
    private static long key(int level, long number) {
        return (number << 1 | 1) << level;
    }

    private static int slot(long[] keys, long key) {
        int mask = keys.length - 1;
        long mixed = key * 0x9E37_79B9_7F4A_7C15L;
        int slot = (int) (mixed >>> 32) & mask;
        while (keys[slot] != FREE && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
