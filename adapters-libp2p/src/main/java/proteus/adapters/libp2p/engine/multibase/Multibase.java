package proteus.adapters.libp2p.engine.multibase;

import java.util.Arrays;
import java.util.Base64;

/**
 * The bases that libp2p writes, each with the character that begins its text. Source: multiformats, "multibase".
 *
 * <p>For each there is one text for some bytes; no other is read.
 */
public enum Multibase {
    /** Lower case, without padding. */
    BASE32('b'),
    /** Bitcoin's alphabet. */
    BASE58('z'),
    /** The alphabet for URLs, without padding. */
    BASE64_URL('u');

    /** How many characters are read, and bytes written, at most. */
    public static final int MAX_LENGTH = Base58.MAX_LENGTH;

    private final char prefix;

    Multibase(char prefix) {
        this.prefix = prefix;
    }

    /**
     * The text of {@code bytes}, with its prefix.
     *
     * @throws IllegalArgumentException if there are more than {@value #MAX_LENGTH}
     */
    public String encode(byte[] bytes) {
        if (bytes.length > MAX_LENGTH) {
            throw new IllegalArgumentException(bytes.length + " bytes, of at most " + MAX_LENGTH);
        }
        return prefix
                + switch (this) {
                    case BASE32 -> Base32.encode(bytes);
                    case BASE58 -> Base58.encode(bytes);
                    case BASE64_URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
                };
    }

    /**
     * The bytes of {@code text}, whose first character names its base.
     *
     * @throws MalformedTextException if it names none of these, is not in it, or has more than {@value #MAX_LENGTH}
     *     characters
     */
    public static byte[] decode(String text) throws MalformedTextException {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw new MalformedTextException(text.length() + " characters, of 1 to " + MAX_LENGTH);
        }
        Multibase base = Arrays.stream(values())
                .filter(each -> each.prefix == text.charAt(0))
                .findFirst()
                .orElseThrow(() -> new MalformedTextException("the first character names no base that is read here"));
        String digits = text.substring(1);
        return switch (base) {
            case BASE32 -> Base32.decode(digits);
            case BASE58 -> Base58.decode(digits);
            case BASE64_URL -> decodeBase64(digits);
        };
    }

    private static byte[] decodeBase64(String digits) throws MalformedTextException {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(digits);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedTextException("no base 64: " + malformed.getMessage());
        }
        // The JDK accepts padding, and any spare bits at the end.
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(digits)) {
            throw new MalformedTextException("base 64 of " + digits.length() + " characters that is not canonical");
        }
        return bytes;
    }
}
