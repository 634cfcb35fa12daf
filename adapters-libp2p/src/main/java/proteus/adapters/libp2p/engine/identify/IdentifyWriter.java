package proteus.adapters.libp2p.engine.identify;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.identify.proto.IdentifyMessages.IdentifyMessage;
import proteus.adapters.libp2p.engine.stream.FrameEncoder;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/**
 * The side that tells: sends one message and ends its side, then waits for the remote to end its own.
 *
 * <p>The message is at most {@value IdentifyProtocol#MAX_SENT_BYTES} bytes long. If what is to be told is more, then the
 * signed peer record is left out, then addresses from the end of their list, then protocols from the end of theirs. The
 * stream is reset when the remote sends anything, or has not ended its side in time.
 *
 * <p>For the event loop of its stream, which must be a {@link DuplexChannel}.
 */
public final class IdentifyWriter extends ChannelInboundHandlerAdapter {

    private final IdentifyMessage message;
    private final Duration patience;
    private boolean begun;
    private boolean inputEnded;
    private boolean outputEnded;
    private @Nullable Future<?> deadline;

    /**
     * A writer that tells {@code info}.
     *
     * @param patience how long the remote may take to read it and to end its side, positive
     * @throws IllegalArgumentException if {@code patience} is not positive, or {@code info} is too long without any
     *     address and protocol
     */
    public IdentifyWriter(IdentifyInfo info, Duration patience) {
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("not a positive duration: " + patience);
        }
        message = FittedMessage.of(info, IdentifyProtocol.MAX_SENT_BYTES);
        this.patience = patience;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.pipeline().addBefore(ctx.name(), null, new FrameEncoder(IdentifyProtocol.MAX_SENT_BYTES));
        if (ctx.channel().isActive()) {
            begin(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        begin(ctx);
        ctx.fireChannelActive();
    }

    private void begin(ChannelHandlerContext ctx) {
        if (begun) {
            return;
        }
        begun = true;
        deadline = ctx.executor().schedule(() -> reset(ctx), patience.toNanos(), TimeUnit.NANOSECONDS);
        // To end the output before the message is written loses it, on a socket.
        var _ = ctx.writeAndFlush(message).addListener(written -> {
            if (written.isSuccess()) {
                endOutput(ctx);
            } else {
                reset(ctx);
            }
        });
        ctx.read();
    }

    private void endOutput(ChannelHandlerContext ctx) {
        var _ = ((DuplexChannel) ctx.channel()).shutdownOutput().addListener(_ -> {
            outputEnded = true;
            closeIfBothEnded(ctx);
        });
    }

    private void closeIfBothEnded(ChannelHandlerContext ctx) {
        if (inputEnded && outputEnded) {
            var _ = ctx.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object unexpected) {
        ReferenceCountUtil.release(unexpected);
        reset(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.read();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            closeIfBothEnded(ctx);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (deadline != null) {
            var _ = deadline.cancel(false);
            deadline = null;
        }
    }

    private static void reset(ChannelHandlerContext ctx) {
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
