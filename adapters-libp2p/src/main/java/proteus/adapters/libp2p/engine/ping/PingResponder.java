package proteus.adapters.libp2p.engine.ping;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.timeout.IdleStateEvent;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/**
 * The listener's side: echoes every whole ping until the remote ends its side, then ends its own.
 *
 * <p>Nothing is read while the stream is not writable. So a remote that sends without reading makes this side hold no
 * more than what it had queued when the stream became unwritable and what one more read brings. The stream is reset when
 * the remote's side ends within a ping, or an {@link IdleStateEvent} comes; for a limit on idle streams, put an {@code
 * IdleStateHandler} before this.
 *
 * <p>For the event loop of its stream, which must be a {@link DuplexChannel}.
 */
public final class PingResponder extends ChannelInboundHandlerAdapter {

    private final byte[] partial = new byte[PingProtocol.MESSAGE_BYTES];
    private int filled;
    private boolean ended;
    private @Nullable ChannelFuture lastEcho;

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(false);
        if (ctx.channel().isActive()) {
            ctx.read();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read();
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (!ended) {
                echo(ctx, bytes);
            }
        } finally {
            bytes.release();
        }
    }

    private void echo(ChannelHandlerContext ctx, ByteBuf bytes) {
        if (filled > 0) {
            collect(bytes);
            if (filled == partial.length) {
                write(ctx, ctx.alloc().buffer(partial.length).writeBytes(partial));
                filled = 0;
            }
        }
        int whole = bytes.readableBytes() - bytes.readableBytes() % partial.length;
        if (whole > 0) {
            write(ctx, bytes.readRetainedSlice(whole));
        }
        collect(bytes);
    }

    private void collect(ByteBuf bytes) {
        int taken = Math.min(bytes.readableBytes(), partial.length - filled);
        bytes.readBytes(partial, filled, taken);
        filled += taken;
    }

    private void write(ChannelHandlerContext ctx, ByteBuf echo) {
        lastEcho = ctx.write(echo).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
        readIfWritable(ctx);
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        readIfWritable(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    private void readIfWritable(ChannelHandlerContext ctx) {
        if (!ended && ctx.channel().isWritable()) {
            ctx.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case ChannelInputShutdownEvent _ -> end(ctx);
            case IdleStateEvent _ -> reset(ctx);
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    private void end(ChannelHandlerContext ctx) {
        if (filled > 0) {
            reset(ctx);
            return;
        }
        ended = true;
        ctx.flush();
        // To end the output earlier loses what is queued, on a socket.
        if (lastEcho == null) {
            endOutput(ctx);
        } else {
            var _ = lastEcho.addListener(_ -> endOutput(ctx));
        }
    }

    private static void endOutput(ChannelHandlerContext ctx) {
        var _ = ((DuplexChannel) ctx.channel()).shutdownOutput().addListener(ChannelFutureListener.CLOSE);
    }

    private void reset(ChannelHandlerContext ctx) {
        ended = true;
        var _ = ctx.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        reset(ctx);
        if (!(failure instanceof StreamResetException)) {
            ctx.fireExceptionCaught(failure);
        }
    }
}
