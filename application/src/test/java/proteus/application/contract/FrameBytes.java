package proteus.application.contract;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** Frames as bytes, for tests that look at the wire. */
public final class FrameBytes {

    private FrameBytes() {}

    /** The bytes that these hex digits say; blanks count for nothing. */
    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /** A frame with this payload. */
    public static byte[] frame(byte... payload) {
        return announced(payload.length, payload);
    }

    /** A frame that announces {@code length} bytes, an unsigned 32-bit number, and begins with {@code payload}. */
    public static byte[] announced(long length, byte... payload) {
        return ByteBuffer.allocate(4 + payload.length)
                .putInt((int) length)
                .put(payload)
                .array();
    }

    /** {@code first} and zeros behind it, {@code length} bytes in all. */
    public static byte[] padded(int length, byte... first) {
        return Arrays.copyOf(first, length);
    }

    /** All of them, one after the other. */
    public static byte[] joined(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
