package proteus.domain.field;

import java.util.Arrays;

/**
 * An immutable sequence of field elements, in one {@code long[]}.
 *
 * <p>Elements are canonical: unsigned values in {@code [0, p)}. Safe for use by many threads.
 */
public final class BFieldElements {

    private static final BFieldElements EMPTY = new BFieldElements(new long[0]);

    private final long[] elements;

    private BFieldElements(long[] elements) {
        this.elements = elements;
    }

    /** The sequence of no elements. */
    public static BFieldElements empty() {
        return EMPTY;
    }

    /**
     * A sequence of a copy of {@code elements}.
     *
     * @throws IllegalArgumentException if one of them is not canonical
     */
    public static BFieldElements of(long... elements) {
        return owning(elements.clone());
    }

    /**
     * A sequence around {@code elements} itself, without a copy: the caller gives the array away and must not touch it
     * again.
     *
     * @throws IllegalArgumentException if one of them is not canonical
     */
    public static BFieldElements owning(long[] elements) {
        if (elements.length == 0) {
            return EMPTY;
        }
        for (long element : elements) {
            BFieldElement.requireCanonical(element);
        }
        return new BFieldElements(elements);
    }

    /** The number of elements. */
    public int size() {
        return elements.length;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return elements.length == 0;
    }

    /**
     * The canonical element at {@code index}.
     *
     * @throws IndexOutOfBoundsException if {@code index} is outside {@code [0, size)}
     */
    public long at(int index) {
        return elements[index];
    }

    /** A new array of all elements. */
    public long[] toArray() {
        return elements.clone();
    }

    /**
     * Copies all elements into {@code target}, from {@code offset} on.
     *
     * @throws IndexOutOfBoundsException if they do not fit
     */
    public void copyTo(long[] target, int offset) {
        System.arraycopy(elements, 0, target, offset, elements.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BFieldElements that && Arrays.equals(elements, that.elements);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(elements);
    }

    /** The number of elements and the first few of them; proofs are too long for a log line. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < Math.min(4, elements.length); i++) {
            text.append(i == 0 ? "" : ", ").append(Long.toUnsignedString(elements[i]));
        }
        return text.append(elements.length > 4 ? ", … " + elements.length + " elements]" : "]")
                .toString();
    }
}
