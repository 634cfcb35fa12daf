package proteus.adapters.libp2p.engine.multibase;

/**
 * Base 58 with Bitcoin's alphabet: the bytes as one big-endian number, each leading zero byte as a {@code 1}.
 *
 * <p>The work grows with the square of the length, so both directions have a limit.
 */
public final class Base58 {

    /** How many bytes are written, and characters read, at most. */
    public static final int MAX_LENGTH = 256;

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int BASE = ALPHABET.length();

    private Base58() {}

    /**
     * The text of {@code bytes}.
     *
     * @throws IllegalArgumentException if there are more than {@value #MAX_LENGTH}
     */
    public static String encode(byte[] bytes) {
        if (bytes.length > MAX_LENGTH) {
            throw new IllegalArgumentException(bytes.length + " bytes, of at most " + MAX_LENGTH);
        }
        int zeros = 0;
        while (zeros < bytes.length && bytes[zeros] == 0) {
            zeros++;
        }
        // A byte takes log(256) / log(58) digits, which is less than 1.4.
        byte[] digits = new byte[bytes.length * 7 / 5 + 1];
        int used = 0;
        for (int i = zeros; i < bytes.length; i++) {
            used = multiplyAndAdd(digits, used, 256, bytes[i] & 0xFF, BASE);
        }
        StringBuilder text = new StringBuilder("1".repeat(zeros));
        for (int i = used - 1; i >= 0; i--) {
            text.append(ALPHABET.charAt(digits[i]));
        }
        return text.toString();
    }

    /**
     * The bytes of {@code text}.
     *
     * @throws MalformedTextException if it has a character of another alphabet, or more than {@value #MAX_LENGTH}
     */
    public static byte[] decode(String text) throws MalformedTextException {
        if (text.length() > MAX_LENGTH) {
            throw new MalformedTextException(text.length() + " characters of base 58, of at most " + MAX_LENGTH);
        }
        byte[] digits = new byte[text.length()];
        int zeros = 0;
        int used = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new MalformedTextException("no character of base 58 at " + i);
            }
            if (used == 0 && digit == 0) {
                zeros++;
            } else {
                used = multiplyAndAdd(digits, used, BASE, digit, 256);
            }
        }
        byte[] bytes = new byte[zeros + used];
        for (int i = 0; i < used; i++) {
            bytes[zeros + i] = digits[used - 1 - i];
        }
        return bytes;
    }

    /** {@code number * factor + summand} on digits of {@code base}, lowest first; gives how many are in use then. */
    private static int multiplyAndAdd(byte[] number, int used, int factor, int summand, int base) {
        int carry = summand;
        for (int i = 0; i < used; i++) {
            carry += (number[i] & 0xFF) * factor;
            number[i] = (byte) (carry % base);
            carry /= base;
        }
        int length = used;
        while (carry > 0) {
            number[length] = (byte) (carry % base);
            carry /= base;
            length++;
        }
        return length;
    }
}
