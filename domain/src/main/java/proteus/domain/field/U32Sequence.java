package proteus.domain.field;

import java.util.Arrays;

/**
 * An immutable sequence of unsigned 32-bit words, in one {@code int[]}.
 *
 * <p>Each word is the bits of an unsigned value in {@code [0, 2^32)}. Safe for use by many threads.
 */
public final class U32Sequence implements Comparable<U32Sequence> {

    private static final U32Sequence EMPTY = new U32Sequence(new int[0]);

    private final int[] words;

    private U32Sequence(int[] words) {
        this.words = words;
    }

    /** The sequence of no words. */
    public static U32Sequence empty() {
        return EMPTY;
    }

    /** A sequence of a copy of {@code words}. */
    public static U32Sequence of(int... words) {
        return owning(words.clone());
    }

    /**
     * A sequence around {@code words} itself, without a copy: the caller gives the array away and must not touch it
     * again.
     */
    public static U32Sequence owning(int[] words) {
        return words.length == 0 ? EMPTY : new U32Sequence(words);
    }

    /** The number of words. */
    public int size() {
        return words.length;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return words.length == 0;
    }

    /**
     * The bits of the word at {@code index}.
     *
     * @throws IndexOutOfBoundsException if {@code index} is outside {@code [0, size)}
     */
    public int at(int index) {
        return words[index];
    }

    /**
     * The value of the word at {@code index}, in {@code [0, 2^32)}.
     *
     * @throws IndexOutOfBoundsException if {@code index} is outside {@code [0, size)}
     */
    public long valueAt(int index) {
        return Integer.toUnsignedLong(words[index]);
    }

    /** A new array of all words. */
    public int[] toArray() {
        return words.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof U32Sequence that && Arrays.equals(words, that.words);
    }

    /** Word by word, as unsigned values; a sequence comes after those that it starts with. */
    @Override
    public int compareTo(U32Sequence other) {
        return Arrays.compareUnsigned(words, other.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    /** The first words and, if there are more, their number; a chunk is too long for a log line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < Math.min(8, words.length); i++) {
            text.append(i == 0 ? "" : ", ").append(Integer.toUnsignedString(words[i]));
        }
        return text.append(words.length > 8 ? ", … " + words.length + " words]" : "]")
                .toString();
    }
}
