package proteus.application.wire.json;

import java.util.HexFormat;
import java.util.Optional;
import proteus.domain.field.BFieldElement;
import proteus.domain.hash.Digest;

/** The hex form of digests, read without a string and without an array for each. */
final class HexDigests {

    private static final int DIGITS = 2 * Digest.BYTES;
    private static final int DIGITS_OF_ELEMENT = DIGITS / Digest.LENGTH;
    private static final long NOT_AN_ELEMENT = -1;

    private HexDigests() {}

    /**
     * The digest that {@code length} characters from {@code from} on write, in either case; empty if they write none or
     * one with an element that is not less than p.
     */
    static Optional<Digest> parse(char[] characters, int from, int length) {
        if (length != DIGITS) {
            return Optional.empty();
        }
        long e0 = element(characters, from, 0);
        long e1 = element(characters, from, 1);
        long e2 = element(characters, from, 2);
        long e3 = element(characters, from, 3);
        long e4 = element(characters, from, 4);
        boolean whole = areElements(e0, e1) && areElements(e2, e3) && areElements(e4, e4);
        return whole ? Optional.of(new Digest(e0, e1, e2, e3, e4)) : Optional.empty();
    }

    private static boolean areElements(long one, long other) {
        return BFieldElement.isCanonical(one) && BFieldElement.isCanonical(other);
    }

    /** The element at {@code index}, little endian byte by byte, or what is no element. */
    private static long element(char[] characters, int from, int index) {
        long value = 0;
        int at = from + index * DIGITS_OF_ELEMENT;
        for (int i = DIGITS_OF_ELEMENT - 2; i >= 0; i -= 2) {
            char high = characters[at + i];
            char low = characters[at + i + 1];
            if (!HexFormat.isHexDigit(high) || !HexFormat.isHexDigit(low)) {
                return NOT_AN_ELEMENT;
            }
            value = value << 8 | HexFormat.fromHexDigit(high) << 4 | HexFormat.fromHexDigit(low);
        }
        return value;
    }
}
