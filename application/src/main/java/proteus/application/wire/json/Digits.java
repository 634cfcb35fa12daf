package proteus.application.wire.json;

import java.math.BigInteger;

/** Decimal digits without leading zeros, as JSON has them. */
final class Digits {

    private static final char[] LARGEST_U64 = "18446744073709551615".toCharArray();

    /** So many digits always fit a long. */
    private static final int DIGITS_OF_ANY_LONG = 18;

    private Digits() {}

    /** Whether {@code length} digits from {@code from} on are at most 2^64 - 1. */
    static boolean fitU64(char[] digits, int from, int length) {
        if (length != LARGEST_U64.length) {
            return length < LARGEST_U64.length;
        }
        for (int i = 0; i < length; i++) {
            if (digits[from + i] != LARGEST_U64[i]) {
                return digits[from + i] < LARGEST_U64[i];
            }
        }
        return true;
    }

    /** The bits of the unsigned 64-bit integer that {@code length} digits from {@code from} on write. */
    static long parseU64(char[] digits, int from, int length) {
        long value = 0;
        for (int i = from; i < from + length; i++) {
            value = 10 * value + (digits[i] - '0');
        }
        return value;
    }

    /** The integer that {@code length} characters from {@code from} on write, the first of which may be a minus. */
    static BigInteger parseInteger(char[] characters, int from, int length) {
        return length <= DIGITS_OF_ANY_LONG && characters[from] != '-'
                ? BigInteger.valueOf(parseU64(characters, from, length))
                : new BigInteger(new String(characters, from, length));
    }
}
