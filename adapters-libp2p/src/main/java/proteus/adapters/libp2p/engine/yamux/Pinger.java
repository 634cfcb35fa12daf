package proteus.adapters.libp2p.engine.yamux;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Answers pings and sends its own, one at a time. It swallows all frames of that kind. */
final class Pinger extends ChannelInboundHandlerAdapter {

    private final YamuxSettings.Pings settings;
    private @Nullable Future<?> timer;
    private boolean started;
    private boolean waiting;
    private boolean heard;
    private boolean answered;
    private long value;
    private long sentAt;
    private long roundTripNanos;

    Pinger(YamuxSettings.Pings settings) {
        this.settings = settings;
    }

    /** The last measured round trip; 0 before there is one. */
    long roundTripNanos() {
        return roundTripNanos;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            start(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        start(ctx);
        ctx.fireChannelActive();
    }

    private void start(ChannelHandlerContext ctx) {
        if (!started) {
            started = true;
            ping(ctx);
        }
    }

    private void ping(ChannelHandlerContext ctx) {
        waiting = true;
        heard = false;
        sentAt = ctx.executor().ticker().nanoTime();
        var _ = ctx.writeAndFlush(FrameHeader.ping(value));
        awaitAnswer(ctx);
    }

    private void awaitAnswer(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> late(ctx), settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void late(ChannelHandlerContext ctx) {
        if (heard) {
            heard = false;
            awaitAnswer(ctx);
            return;
        }
        ctx.fireUserEventTriggered(new YamuxEvent.Failed(
                YamuxEvent.Reason.PING_TIMEOUT, "nothing came for " + settings.timeout() + " after a ping"));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        heard = true;
        if (!(message instanceof FrameHeader frame) || frame.type() != FrameType.PING) {
            ctx.fireChannelRead(message);
        } else if (frame.streamId() != 0) {
            ctx.fireUserEventTriggered(YamuxEvent.Failed.violation("ping on a stream: " + frame));
        } else if (frame.has(FrameHeader.ACK)) {
            pong(ctx, frame);
        } else {
            answered = true;
            var _ = ctx.write(FrameHeader.pong(frame.length()));
        }
    }

    private void pong(ChannelHandlerContext ctx, FrameHeader frame) {
        if (!waiting || frame.length() != value) {
            ctx.fireUserEventTriggered(YamuxEvent.Failed.violation(
                    waiting ? "answer to ping " + value + ": " + frame : "answer without a ping: " + frame));
            return;
        }
        waiting = false;
        value = (value + 1) & 0xFFFF_FFFFL;
        // A round trip of nothing would read as none, and clocks are that coarse.
        roundTripNanos = Math.max(1, ctx.executor().ticker().nanoTime() - sentAt);
        stop();
        timer = ctx.executor().schedule(() -> ping(ctx), settings.interval().toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (answered) {
            answered = false;
            ctx.flush();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
