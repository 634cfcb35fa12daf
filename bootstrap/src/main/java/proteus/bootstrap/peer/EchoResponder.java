package proteus.bootstrap.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends back what it reads until the dialler ends its side, then closes. Reads no faster than it can send.
 *
 * <p>The last piece of a bulk is kept for a moment: if the dialler's end is just behind it, the own end goes out with it. On
 * QUIC an end that travels alone can be lost, see docs/engine.md.
 */
final class EchoResponder extends SimpleChannelInboundHandler<ByteBuf> {

    static final String PROTOCOL = "/proteus-test/echo/1.0.0";

    /** Bytes of a stream from which it is a bulk; less may be a question whose answer is waited for. */
    private static final int BULK = 1024;

    private static final long MOMENT_MILLIS = 50;

    private long received;
    private @Nullable ByteBuf kept;
    private @Nullable Future<?> timer;

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        sendKept(ctx);
        received += bytes.readableBytes();
        if (received < BULK) {
            var _ = ctx.write(bytes.retain());
            return;
        }
        kept = bytes.retain();
        timer = ctx.executor().schedule(() -> flushKept(ctx), MOMENT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void flushKept(ChannelHandlerContext ctx) {
        sendKept(ctx);
        ctx.flush();
        readIfWritable(ctx);
    }

    private void sendKept(ChannelHandlerContext ctx) {
        if (timer != null) {
            var _ = timer.cancel(false);
            timer = null;
        }
        if (kept != null) {
            var _ = ctx.write(kept);
            kept = null;
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
        readIfWritable(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        readIfWritable(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    private static void readIfWritable(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(ctx.channel().isWritable());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            sendKept(ctx);
            ctx.flush();
            var _ = ((DuplexChannel) ctx.channel()).shutdownOutput().addListener(ChannelFutureListener.CLOSE);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            var _ = timer.cancel(false);
        }
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }
}
