package proteus.domain.peer;

import java.util.Arrays;
import java.util.Optional;

/**
 * Bytes as a number in base 58, with one leading {@code 1} for each leading zero byte.
 *
 * <p>Takes time in the square of the length, so callers bound that. The alphabet is Bitcoin's.
 */
final class Base58 {

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int BASE = 58;

    private Base58() {}

    static String encode(byte[] bytes) {
        int zeros = leading(bytes, (byte) 0);
        // log(256) / log(58) is below 1.37.
        byte[] digits = new byte[bytes.length * 137 / 100 + 1];
        for (int i = zeros; i < bytes.length; i++) {
            multiplyAndAdd(digits, 256, bytes[i] & 0xFF, BASE);
        }
        StringBuilder text = new StringBuilder("1".repeat(zeros));
        for (int i = leading(digits, (byte) 0); i < digits.length; i++) {
            text.append(ALPHABET.charAt(digits[i]));
        }
        return text.toString();
    }

    /** The bytes that {@code text} stands for; empty if it has a character outside the alphabet. */
    static Optional<byte[]> decode(String text) {
        int ones = 0;
        while (ones < text.length() && text.charAt(ones) == '1') {
            ones++;
        }
        byte[] number = new byte[text.length()];
        for (int i = ones; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            multiplyAndAdd(number, BASE, digit, 256);
        }
        int start = leading(number, (byte) 0) - ones;
        return Optional.of(Arrays.copyOfRange(number, start, number.length));
    }

    /** Replaces the big-endian {@code number} in {@code base} by itself times {@code factor} plus {@code summand}. */
    private static void multiplyAndAdd(byte[] number, int factor, int summand, int base) {
        int carry = summand;
        for (int i = number.length - 1; i >= 0; i--) {
            carry += factor * (number[i] & 0xFF);
            number[i] = (byte) (carry % base);
            carry /= base;
        }
    }

    private static int leading(byte[] bytes, byte value) {
        int count = 0;
        while (count < bytes.length && bytes[count] == value) {
            count++;
        }
        return count;
    }
}
