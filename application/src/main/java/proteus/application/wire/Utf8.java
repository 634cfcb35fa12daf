package proteus.application.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text from a peer. */
final class Utf8 {

    private Utf8() {}

    /** Whether {@code size} bytes from {@code from} on are UTF-8, without surrogates and without overlong forms. */
    static boolean isValid(byte[] bytes, int from, int size) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, size));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    /** The text of valid bytes, cut at a character boundary to at most {@code capacity} bytes. */
    static String beginning(byte[] bytes, int from, int size, int capacity) {
        int kept = Math.min(size, capacity);
        while (kept < size && isContinuation(bytes[from + kept])) {
            kept--;
        }
        return new String(bytes, from, kept, StandardCharsets.UTF_8);
    }

    private static boolean isContinuation(byte utf8) {
        return (utf8 & 0xC0) == 0x80;
    }
}
