package proteus.application.frame;

import java.nio.ByteBuffer;

/**
 * Bytes that have come and are not taken yet, where the link has put them: given back to it as soon as they are used up.
 *
 * <p>For the link's loop only.
 */
final class PendingBytes {

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private ByteBuffer bytes = NONE;
    private Runnable release = PendingBytes::nothing;

    /** Appends the remaining bytes of {@code more}; {@code releaseMore} is run once, when nobody looks at them any more. */
    void add(ByteBuffer more, Runnable releaseMore) {
        if (!isEmpty()) {
            join(more, releaseMore);
            return;
        }
        drop();
        bytes = more.slice();
        release = releaseMore;
    }

    // Rare and short: what is there is the beginning of a frame whose length or kind is not known yet.
    private void join(ByteBuffer more, Runnable releaseMore) {
        ByteBuffer joined;
        try {
            joined = ByteBuffer.allocate(bytes.remaining() + more.remaining());
            joined.put(bytes).put(more.slice()).flip();
        } finally {
            drop();
            releaseMore.run();
        }
        bytes = joined;
    }

    /** The bytes; who takes some moves the position. Big-endian. */
    ByteBuffer bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return !bytes.hasRemaining();
    }

    /** Gives them back, taken or not. */
    void drop() {
        Runnable releasing = release;
        bytes = NONE;
        release = PendingBytes::nothing;
        releasing.run();
    }

    private static void nothing() {}
}
