package proteus.application.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The payload of one frame while it comes. For the link's loop only. */
final class FrameBody {

    /** No payload at all. */
    static final FrameBody NONE = new FrameBody(0);

    // Memory grows with what has come: to at most this many times as much, beyond the first bytes.
    private static final int GROWTH = 4;
    private static final int FIRST_BYTES = 16_384;

    private final int length;
    private byte[] bytes;
    private int filled;

    /** A payload of {@code length} bytes, none of which has come. */
    FrameBody(int length) {
        this.length = length;
        bytes = new byte[Math.min(length, FIRST_BYTES)];
    }

    /** Takes what it still needs of the remaining bytes. */
    void take(ByteBuffer from) {
        while (from.hasRemaining() && !isWhole()) {
            if (filled == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, (long) GROWTH * bytes.length));
            }
            int taken = Math.min(from.remaining(), bytes.length - filled);
            from.get(bytes, filled, taken);
            filled += taken;
        }
    }

    boolean isWhole() {
        return filled == length;
    }

    /** The array itself, which has the payload's length once that is whole. */
    byte[] bytes() {
        return bytes;
    }
}
