package proteus.domain.mutatorset;

import proteus.domain.field.U32Sequence;

/** Positions in ascending order, with repetition, none of which uses its highest bit. */
final class SortedWords {

    private SortedWords() {}

    /** Whether {@code words} ascend and are all below {@code limit}, which is positive. */
    static boolean ascendBelow(U32Sequence words, int limit) {
        long previous = 0;
        for (int i = 0; i < words.size(); i++) {
            long word = words.valueAt(i);
            if (word < previous || word >= limit) {
                return false;
            }
            previous = word;
        }
        return true;
    }

    /** Whether {@code word} is among those of {@code words} from {@code start} on. */
    static boolean contain(U32Sequence words, int start, int word) {
        int low = start;
        int high = words.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (words.at(middle) < word) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < words.size() && words.at(low) == word;
    }

    /** The words of both. */
    static U32Sequence merged(U32Sequence left, int[] right) {
        int[] merged = new int[left.size() + right.length];
        int l = 0;
        int r = 0;
        for (int i = 0; i < merged.length; i++) {
            boolean takesLeft = r == right.length || (l < left.size() && left.at(l) <= right[r]);
            merged[i] = takesLeft ? left.at(l++) : right[r++];
        }
        return U32Sequence.owning(merged);
    }
}
