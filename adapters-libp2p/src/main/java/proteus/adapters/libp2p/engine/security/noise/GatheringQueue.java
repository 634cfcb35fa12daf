package proteus.adapters.libp2p.engine.security.noise;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.AbstractCoalescingBufferQueue;
import io.netty.channel.Channel;

/** Written buffers that wait for their encryption. A lone one stays as it is; several are put together in the staging. */
final class GatheringQueue extends AbstractCoalescingBufferQueue {

    private static final int FIRST_ROOM = 8;

    private final Staging staging;

    GatheringQueue(Channel channel, Staging staging) {
        super(channel, FIRST_ROOM);
        this.staging = staging;
    }

    /** Called only if more is to be added to {@code first}. */
    @Override
    protected ByteBuf composeFirst(ByteBufAllocator allocator, ByteBuf first, int size) {
        return compose(allocator, Unpooled.wrappedBuffer(staging.get()).clear(), first);
    }

    @Override
    protected ByteBuf compose(ByteBufAllocator allocator, ByteBuf gathered, ByteBuf next) {
        try {
            // What follows a lone buffer, which is not ours to write to, is always empty.
            if (next.isReadable()) {
                gathered.writeBytes(next);
            }
            return gathered;
        } finally {
            next.release();
        }
    }

    @Override
    protected ByteBuf removeEmptyValue() {
        return Unpooled.EMPTY_BUFFER;
    }
}
