package proteus.adapters.libp2p.engine.identify;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.identify.IdentifyFailedException.Reason;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.stream.FrameDecoder;
import proteus.adapters.libp2p.engine.stream.MalformedFrameException;

/**
 * The side that is told: reads messages until the remote ends its side, merges them, and checks what was told.
 *
 * <p>The public key must be the remote's. Addresses and protocol names that cannot be read, addresses that name another
 * peer, and a signed record that is not the remote's own are left out. Its sequence number is for the caller to compare.
 *
 * <p>For the event loop of its stream, which must be a {@link DuplexChannel}. The stream is closed at the end, good or bad.
 */
public final class IdentifyReader extends ChannelInboundHandlerAdapter {

    private final HeardInfo heard;
    private final boolean keyNeeded;
    private final IdentifyLimits limits;
    private final Promise<IdentifyInfo> result;
    private boolean begun;
    private @Nullable Future<?> deadline;

    private IdentifyReader(PeerId remote, boolean keyNeeded, IdentifyLimits limits, Promise<IdentifyInfo> result) {
        heard = new HeardInfo(remote, limits);
        this.keyNeeded = keyNeeded;
        this.limits = limits;
        this.result = result;
    }

    /**
     * The dialler's side of identify: what is told holds the public key.
     *
     * @param remote who it is at the other end, as its handshake has proven
     * @param result gets what was told, or fails with {@link IdentifyFailedException}; cancelling it resets the stream
     */
    public static IdentifyReader ofAnswer(PeerId remote, IdentifyLimits limits, Promise<IdentifyInfo> result) {
        return new IdentifyReader(remote, true, limits, result);
    }

    /**
     * The listener's side of a push: what is told holds what has changed, which is for the caller to merge by {@link
     * IdentifyInfo#updatedBy}.
     *
     * @param remote who it is at the other end, as its handshake has proven
     * @param result gets what was told, or fails with {@link IdentifyFailedException}; cancelling it resets the stream
     */
    public static IdentifyReader ofPush(PeerId remote, IdentifyLimits limits, Promise<IdentifyInfo> result) {
        return new IdentifyReader(remote, false, limits, result);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.pipeline().addBefore(ctx.name(), null, new FrameDecoder(limits.messageBytes()));
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
        result.addListener(done -> {
            if (done.isCancelled()) {
                var _ = ctx.close();
            }
        });
        deadline = ctx.executor()
                .schedule(
                        () -> fail(ctx, new IdentifyFailedException(Reason.TIMED_OUT, "no end in " + limits.timeout())),
                        limits.timeout().toNanos(),
                        TimeUnit.NANOSECONDS);
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (!result.isDone()) {
                heard.add(bytes);
            }
        } catch (IdentifyFailedException failed) {
            fail(ctx, failed);
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.read();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            end(ctx);
        }
        ctx.fireUserEventTriggered(event);
    }

    private void end(ChannelHandlerContext ctx) {
        if (result.isDone()) {
            return;
        }
        try {
            result.trySuccess(heard.judged(keyNeeded));
            var _ = ((DuplexChannel) ctx.channel()).shutdownOutput().addListener(ChannelFutureListener.CLOSE);
        } catch (IdentifyFailedException failed) {
            fail(ctx, failed);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, new IdentifyFailedException(Reason.CLOSED, "the stream is closed"));
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        Reason reason = failure instanceof MalformedFrameException ? Reason.MALFORMED : Reason.CLOSED;
        fail(ctx, new IdentifyFailedException(reason, "the stream broke: " + failure.getMessage(), failure));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (deadline != null) {
            var _ = deadline.cancel(false);
            deadline = null;
        }
        fail(ctx, new IdentifyFailedException(Reason.CLOSED, "nobody listens any more"));
    }

    private void fail(ChannelHandlerContext ctx, IdentifyFailedException why) {
        if (result.tryFailure(why)) {
            var _ = ctx.close();
        }
    }
}
