package proteus.adapters.libp2p.engine.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;

/**
 * Received bytes that nobody has asked for yet.
 *
 * <p>A slice keeps the whole buffer in memory that it is cut from. Were slices kept as they come, the remote could make
 * a window of small ones hold many times its size. So what is less than half of its buffer is copied to the end of the
 * piece before, and memory stays at about twice the bytes.
 */
final class ReceiveQueue {

    private static final int CHUNK = 4_096;

    private final ByteBufAllocator allocator;
    private final ArrayDeque<ByteBuf> pieces = new ArrayDeque<>(4);
    private boolean lastIsCopy;
    private int bytes;

    ReceiveQueue(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** How many bytes are in it. */
    int bytes() {
        return bytes;
    }

    /** Takes over {@code piece}. */
    void add(ByteBuf piece) {
        bytes += piece.readableBytes();
        if (piece.readableBytes() >= heldBy(piece) / 2) {
            pieces.add(piece);
            lastIsCopy = false;
            return;
        }
        try {
            copy(piece);
        } finally {
            piece.release();
        }
    }

    private static int heldBy(ByteBuf piece) {
        ByteBuf whole = piece;
        while (whole.unwrap() != null) {
            whole = whole.unwrap();
        }
        return whole.capacity();
    }

    private void copy(ByteBuf piece) {
        ByteBuf last = pieces.peekLast();
        if (last != null && lastIsCopy) {
            last.writeBytes(piece, Math.min(last.writableBytes(), piece.readableBytes()));
        }
        if (piece.isReadable()) {
            int capacity = Math.max(CHUNK, piece.readableBytes());
            pieces.add(allocator.buffer(capacity, capacity).writeBytes(piece));
            lastIsCopy = true;
        }
    }

    /** The bytes that came first. The queue must not be empty. */
    ByteBuf remove() {
        ByteBuf first = pieces.remove();
        bytes -= first.readableBytes();
        return first;
    }

    /** Drops everything, and tells how many bytes that was. */
    int clear() {
        pieces.forEach(ByteBuf::release);
        pieces.clear();
        int dropped = bytes;
        bytes = 0;
        return dropped;
    }
}
