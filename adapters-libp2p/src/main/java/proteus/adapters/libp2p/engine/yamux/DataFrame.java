package proteus.adapters.libp2p.engine.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * A Data frame in the making, of what waits in a stream's outbound buffer. Nothing is copied.
 *
 * <p>The frame is complete before the first entry is removed: removing tells who wrote it, who may then do anything,
 * even close the stream.
 */
final class DataFrame implements ChannelOutboundBuffer.MessageProcessor {

    /** So that a frame of many small pieces stays cheap to gather for whoever encrypts it. */
    private static final int MOST_PIECES = 63;

    private final int most;
    private final ByteBuf header;
    private final CompositeByteBuf frame;
    private int length;
    private int pieces;

    /** A frame with a body of at most {@code most} bytes. */
    DataFrame(ByteBufAllocator allocator, int most) {
        this.most = most;
        this.header = allocator.buffer(FrameHeader.BYTES, FrameHeader.BYTES).writeZero(FrameHeader.BYTES);
        this.frame = allocator.compositeBuffer(MOST_PIECES + 1).addComponent(true, header);
    }

    @Override
    public boolean processMessage(Object message) {
        ByteBuf entry = (ByteBuf) message;
        int bytes = Math.min(entry.readableBytes(), most - length);
        if (bytes > 0 && pieces < MOST_PIECES) {
            frame.addComponent(true, entry.retainedSlice(entry.readerIndex(), bytes));
            length += bytes;
            pieces++;
        } else {
            bytes = 0;
        }
        return bytes == entry.readableBytes();
    }

    int length() {
        return length;
    }

    /** The frame with its header, for the caller to pass on or release. */
    ByteBuf finish(int flags, int streamId) {
        header.setIndex(0, 0);
        FrameHeader.data(flags, streamId, length).writeTo(header);
        return frame;
    }

    void release() {
        frame.release();
    }

    /** Removes from {@code out} what the frame has taken, and empty entries. */
    void removeFrom(ChannelOutboundBuffer out) {
        int left = length;
        while (out.current() instanceof ByteBuf entry) {
            int bytes = entry.readableBytes();
            if (bytes > left) {
                entry.skipBytes(left);
                out.progress(left);
                return;
            }
            left -= bytes;
            out.progress(bytes);
            out.remove();
        }
    }
}
