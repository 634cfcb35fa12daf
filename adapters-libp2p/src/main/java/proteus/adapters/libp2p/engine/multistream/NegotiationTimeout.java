package proteus.adapters.libp2p.engine.multistream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.multistream.NegotiationFailedException.Reason;

/**
 * Bounds the time of the negotiation by the handler in front of it, counted from when it is added.
 *
 * <p>It leaves when the negotiation ends. If that is too late, it fires {@link NegotiationFailedException} with {@link
 * Reason#TIMED_OUT} as caught exception, and lets nothing more of the negotiation pass. For one channel.
 */
public final class NegotiationTimeout extends ChannelInboundHandlerAdapter {

    private final Duration patience;
    private boolean expired;
    private @Nullable Future<?> timer;

    /** Waits for {@code patience}, which must be positive. */
    public NegotiationTimeout(Duration patience) {
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("a patience of " + patience);
        }
        this.patience = patience;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> expire(ctx), patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void expire(ChannelHandlerContext ctx) {
        expired = true;
        ctx.fireExceptionCaught(
                new NegotiationFailedException(Reason.TIMED_OUT, "no protocol agreed on within " + patience));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ProtocolNegotiated) {
            if (expired) {
                return;
            }
            // First, so that nothing stands between the negotiator and what the receiver of the event puts there.
            ctx.pipeline().remove(this);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof NegotiationFailedException) {
            if (expired) {
                return;
            }
            ctx.pipeline().remove(this);
        }
        ctx.fireExceptionCaught(cause);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (expired) {
            ReferenceCountUtil.release(message);
            return;
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
