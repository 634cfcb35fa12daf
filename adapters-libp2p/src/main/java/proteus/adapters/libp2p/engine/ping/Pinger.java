package proteus.adapters.libp2p.engine.ping;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.ping.PingFailedException.Reason;

/**
 * The dialler's side: sends pings, one at a time, and measures how long their echoes take.
 *
 * <p>With an interval the first ping is sent at once and each further one an interval after the last echo. The first
 * failure ends it all: the stream is closed, and the listener is told why. Time is the event loop's.
 *
 * <p>For the event loop of its stream, but for {@link #ping}.
 */
public final class Pinger extends ChannelInboundHandlerAdapter {

    private final PingSettings settings;
    private final RandomGenerator random;
    private final PingListener listener;

    private volatile @Nullable ChannelHandlerContext context;
    private final byte[] sent = new byte[PingProtocol.MESSAGE_BYTES];
    private int echoed;
    private long sentAtNanos;
    private boolean waiting;
    private boolean ended;
    private @Nullable Future<?> timer;

    /**
     * A pinger that tells {@code listener}.
     *
     * @param random fills the pings; unpredictable for the remote, so that it cannot answer before it was asked
     */
    public Pinger(PingSettings settings, RandomGenerator random, PingListener listener) {
        this.settings = settings;
        this.random = random;
        this.listener = listener;
    }

    /**
     * Sends a ping now. If one is under way already, or the stream has not begun or has ended, nothing happens. Any
     * thread.
     */
    public void ping() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            return;
        }
        try {
            ctx.executor().execute(() -> send(ctx));
        } catch (RejectedExecutionException loopIsGone) {
            // Then so is the stream, which the listener has been told.
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(false);
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
        if (context != null) {
            return;
        }
        context = ctx;
        ctx.read();
        if (settings.interval().isPresent()) {
            send(ctx);
        }
    }

    private void send(ChannelHandlerContext ctx) {
        if (waiting || ended) {
            return;
        }
        cancelTimer();
        random.nextBytes(sent);
        echoed = 0;
        waiting = true;
        sentAtNanos = ctx.executor().ticker().nanoTime();
        timer = ctx.executor()
                .schedule(
                        () -> fail(ctx, new PingFailedException(Reason.TIMED_OUT, "no echo in " + settings.timeout())),
                        settings.timeout().toNanos(),
                        TimeUnit.NANOSECONDS);
        var _ = ctx.writeAndFlush(ctx.alloc().buffer(sent.length).writeBytes(sent))
                .addListener(written -> {
                    if (!written.isSuccess()) {
                        fail(ctx, new PingFailedException(Reason.CLOSED, "the ping was not sent", written.cause()));
                    }
                });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            while (bytes.isReadable() && !ended) {
                take(ctx, bytes);
            }
        } finally {
            bytes.release();
        }
    }

    private void take(ChannelHandlerContext ctx, ByteBuf bytes) {
        if (!waiting) {
            fail(
                    ctx,
                    new PingFailedException(
                            Reason.WRONG_ECHO, bytes.readableBytes() + " bytes came that no ping asked for"));
            return;
        }
        if (bytes.readByte() != sent[echoed]) {
            fail(ctx, new PingFailedException(Reason.WRONG_ECHO, "byte " + echoed + " of the echo is another"));
            return;
        }
        echoed++;
        if (echoed == sent.length) {
            pong(ctx);
        }
    }

    private void pong(ChannelHandlerContext ctx) {
        waiting = false;
        cancelTimer();
        settings.interval()
                .ifPresent(interval ->
                        timer = ctx.executor().schedule(() -> send(ctx), interval.toNanos(), TimeUnit.NANOSECONDS));
        listener.ponged(ctx.executor().ticker().nanoTime() - sentAtNanos);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.read();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            fail(ctx, new PingFailedException(Reason.CLOSED, "the remote has ended the stream"));
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, new PingFailedException(Reason.CLOSED, "the stream is closed"));
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        fail(ctx, new PingFailedException(Reason.CLOSED, "the stream broke: " + failure.getMessage(), failure));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ended = true;
        cancelTimer();
    }

    private void fail(ChannelHandlerContext ctx, PingFailedException why) {
        if (ended) {
            return;
        }
        ended = true;
        cancelTimer();
        var _ = ctx.close();
        listener.ended(why);
    }

    private void cancelTimer() {
        if (timer != null) {
            var _ = timer.cancel(false);
            timer = null;
        }
    }
}
