package proteus.domain.consensus;

import proteus.domain.field.U32Sequence;
import proteus.domain.mutatorset.AbsoluteIndexSet;

/**
 * The 45 positions of an index set themselves, in its order, cut at 2^128 - 1: two sets that are written in other ways
 * can have the same ones.
 *
 * @param words four for each position
 */
record AbsoluteIndices(U32Sequence words) implements Comparable<AbsoluteIndices> {

    private static final int WORDS = 4;

    static AbsoluteIndices of(AbsoluteIndexSet set) {
        int[] words = new int[WORDS * AbsoluteIndexSet.SIZE];
        for (int i = 0; i < AbsoluteIndexSet.SIZE; i++) {
            long low = set.minimumLow() + set.distances().valueAt(i);
            long carry = Long.compareUnsigned(low, set.minimumLow()) < 0 ? 1 : 0;
            boolean saturates = carry == 1 && set.minimumHigh() == -1;
            put(words, i, saturates ? -1 : set.minimumHigh() + carry, saturates ? -1 : low);
        }
        return new AbsoluteIndices(U32Sequence.owning(words));
    }

    /** An order, so that hash tables stay fast when a peer makes hash codes collide. */
    @Override
    public int compareTo(AbsoluteIndices other) {
        return words.compareTo(other.words);
    }

    private static void put(int[] words, int index, long high, long low) {
        words[WORDS * index] = (int) low;
        words[WORDS * index + 1] = (int) (low >>> Integer.SIZE);
        words[WORDS * index + 2] = (int) high;
        words[WORDS * index + 3] = (int) (high >>> Integer.SIZE);
    }
}
