package proteus.domain.hash;

import java.util.HexFormat;
import proteus.domain.field.BFieldElement;

/**
 * Five field elements: what Tip5 gives.
 *
 * <p>Ordered as upstream orders digests: element 4 first, then 3, 2, 1, 0, each as a canonical unsigned value. Its hex
 * form is 80 digits: each element as 8 bytes, little endian, element 0 first. Immutable. Source: twenty-first 3.1.1.
 */
public final class Digest implements Comparable<Digest> {

    /** Elements in a digest. */
    public static final int LENGTH = 5;

    /** Bytes in the binary form of a digest. */
    public static final int BYTES = 40;

    /** The digest of five zeros. */
    public static final Digest ZERO = new Digest(0, 0, 0, 0, 0);

    private final long e0;
    private final long e1;
    private final long e2;
    private final long e3;
    private final long e4;

    /**
     * A digest of five canonical elements.
     *
     * @throws IllegalArgumentException if one of them is not canonical
     */
    public Digest(long e0, long e1, long e2, long e3, long e4) {
        this.e0 = BFieldElement.requireCanonical(e0);
        this.e1 = BFieldElement.requireCanonical(e1);
        this.e2 = BFieldElement.requireCanonical(e2);
        this.e3 = BFieldElement.requireCanonical(e3);
        this.e4 = BFieldElement.requireCanonical(e4);
    }

    /**
     * Reads the 80-digit hex form, in either case.
     *
     * @throws IllegalArgumentException if the text has another length, other characters, or a word that is not less
     *     than p (unlike the binary decoders, upstream rejects those here)
     */
    public static Digest fromHex(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("a digest has 80 hex digits, not " + hex.length());
        }
        byte[] bytes = HexFormat.of().parseHex(hex);
        long[] words = new long[LENGTH];
        for (int i = 0; i < BYTES; i++) {
            words[i / 8] |= (bytes[i] & 0xFFL) << (8 * (i % 8));
        }
        return new Digest(words[0], words[1], words[2], words[3], words[4]);
    }

    /** The 80 lower-case hex digits. */
    public String toHex() {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) (at(i / 8) >>> (8 * (i % 8)));
        }
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * The canonical element at {@code index}.
     *
     * @throws IndexOutOfBoundsException if {@code index} is outside {@code [0, 5)}
     */
    public long at(int index) {
        return switch (index) {
            case 0 -> e0;
            case 1 -> e1;
            case 2 -> e2;
            case 3 -> e3;
            case 4 -> e4;
            default -> throw new IndexOutOfBoundsException(index);
        };
    }

    /** The same elements in opposite order, as the virtual machine takes them as input. */
    public Digest reversed() {
        return new Digest(e4, e3, e2, e1, e0);
    }

    /**
     * Copies the five elements into {@code target}, from {@code offset} on.
     *
     * @throws IndexOutOfBoundsException if they do not fit
     */
    public void copyTo(long[] target, int offset) {
        target[offset] = e0;
        target[offset + 1] = e1;
        target[offset + 2] = e2;
        target[offset + 3] = e3;
        target[offset + 4] = e4;
    }

    @Override
    public int compareTo(Digest other) {
        for (int i = LENGTH - 1; i >= 0; i--) {
            int order = Long.compareUnsigned(at(i), other.at(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that
                && e0 == that.e0
                && e1 == that.e1
                && e2 == that.e2
                && e3 == that.e3
                && e4 == that.e4;
    }

    @Override
    public int hashCode() {
        long mixed = e0 + 31 * (e1 + 31 * (e2 + 31 * (e3 + 31 * e4)));
        return Long.hashCode(mixed);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
