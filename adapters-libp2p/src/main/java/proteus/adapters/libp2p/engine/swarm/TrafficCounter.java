package proteus.adapters.libp2p.engine.swarm;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** Counts the bytes of one TCP connection, at its socket's end, and tells them in batches. On its event loop. */
final class TrafficCounter extends ChannelDuplexHandler {

    /** Bytes that are told at once, so that telling costs nothing beside carrying them. */
    private static final long BATCH = 256 * 1024;

    private final ConnectionAccount account;
    private long read;
    private long written;

    TrafficCounter(ConnectionAccount account) {
        this.account = account;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            read += bytes.readableBytes();
            tellIf(read >= BATCH);
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            written += bytes.readableBytes();
            tellIf(written >= BATCH);
        }
        var _ = ctx.write(message, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        tellIf(read + written > 0);
        ctx.fireChannelInactive();
    }

    private void tellIf(boolean enough) {
        if (enough) {
            account.transferred(read, written);
            read = 0;
            written = 0;
        }
    }
}
