package proteus.adapters.libp2p.engine.security.noise;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException.Reason;

/**
 * Cuts a stream into frames: {@code u16 big-endian length ‖ message}.
 *
 * <p>It keeps no more of an unfinished frame than has come, and of a finished one nothing.
 */
final class FrameReader {

    /** No frame is complete. */
    static final int NONE = -1;

    private static final int FIRST_ROOM = 256;

    private int highByte = NONE;
    private int length = NONE;
    private ByteBuf partial = Unpooled.EMPTY_BUFFER;

    /**
     * Moves the next message to the beginning of {@code message}, or all of {@code in} into what is kept.
     *
     * @param least how long a message must be, and
     * @param most how long it may be; to be found out before memory is taken
     * @return the length of the message, or {@link #NONE}
     */
    int next(ByteBufAllocator allocator, ByteBuf in, byte[] message, int least, int most)
            throws SecurityFailedException {
        if (length == NONE && !readLength(in, least, most)) {
            return NONE;
        }
        int kept = partial.readableBytes();
        if (in.readableBytes() < length - kept) {
            keep(allocator, in);
            return NONE;
        }
        partial.readBytes(message, 0, kept);
        in.readBytes(message, kept, length - kept);
        int complete = length;
        release();
        return complete;
    }

    private boolean readLength(ByteBuf in, int least, int most) throws SecurityFailedException {
        if (highByte == NONE && in.isReadable()) {
            highByte = in.readUnsignedByte();
        }
        if (!in.isReadable()) {
            return false;
        }
        int announced = (highByte << 8) | in.readUnsignedByte();
        if (announced < least || announced > most) {
            throw new SecurityFailedException(
                    Reason.MALFORMED, "a message of " + announced + " bytes, not of " + least + " to " + most);
        }
        length = announced;
        return true;
    }

    private void keep(ByteBufAllocator allocator, ByteBuf in) {
        int come = in.readableBytes();
        if (come == 0) {
            return;
        }
        if (partial.capacity() == 0) {
            partial = allocator.heapBuffer(Math.min(length, Math.max(come, FIRST_ROOM)), length);
        }
        partial.writeBytes(in);
    }

    /** Lets go of what is kept. */
    void release() {
        partial.release();
        partial = Unpooled.EMPTY_BUFFER;
        highByte = NONE;
        length = NONE;
    }
}
