package proteus.adapters.libp2p.engine.perf;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.Promise;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.perf.PerfFailedException.Reason;

/**
 * The dialler's side: uploads, then downloads, and tells how long each took.
 *
 * <p>It has no time limit of its own; put an {@code IdleStateHandler} before it, whose {@link IdleStateEvent} fails the
 * measurement. Time is the event loop's. The stream is closed at the end, good or bad.
 *
 * <p>For the event loop of its stream, which must be a {@link DuplexChannel}.
 */
public final class PerfClient extends ChannelInboundHandlerAdapter {

    private final long uploadBytes;
    private final long downloadBytes;
    private final Promise<PerfResult> result;

    private @Nullable ZeroSource source;
    private long startedAtNanos;
    private long uploadNanos;
    private boolean uploaded;
    private long received;

    /**
     * A measurement that completes {@code result}, or fails it with {@link PerfFailedException}. Cancelling it before
     * resets the stream.
     *
     * @param uploadBytes how many bytes to send
     * @param downloadBytes how many bytes to want back
     * @throws IllegalArgumentException if one of them is negative
     */
    public PerfClient(long uploadBytes, long downloadBytes, Promise<PerfResult> result) {
        if (uploadBytes < 0 || downloadBytes < 0) {
            throw new IllegalArgumentException("negative: " + uploadBytes + " up, " + downloadBytes + " down");
        }
        this.uploadBytes = uploadBytes;
        this.downloadBytes = downloadBytes;
        this.result = result;
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
        if (source != null) {
            return;
        }
        ZeroSource upload = new ZeroSource(() -> endUpload(ctx));
        source = upload;
        result.addListener(done -> {
            if (done.isCancelled()) {
                var _ = ctx.close();
            }
        });
        startedAtNanos = now(ctx);
        ctx.read();
        ByteBuf header = ctx.alloc().buffer(PerfProtocol.HEADER_BYTES).writeLong(downloadBytes);
        upload.start(ctx, uploadBytes, ctx.writeAndFlush(header));
    }

    private void endUpload(ChannelHandlerContext ctx) {
        var _ = ((DuplexChannel) ctx.channel()).shutdownOutput().addListener(done -> {
            if (done.isSuccess()) {
                uploaded = true;
                uploadNanos = now(ctx) - startedAtNanos;
            } else {
                fail(ctx, new PerfFailedException(Reason.CLOSED, "the upload could not be ended", done.cause()));
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        received += bytes.readableBytes();
        bytes.release();
        if (received > downloadBytes) {
            fail(
                    ctx,
                    new PerfFailedException(
                            Reason.TOO_LONG, received + " bytes came, of " + downloadBytes + " that were wanted"));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.read();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (source != null) {
            source.pump(ctx);
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case ChannelInputShutdownEvent _ -> onEndOfDownload(ctx);
            case IdleStateEvent _ -> fail(ctx, new PerfFailedException(Reason.STALLED, "nothing moved" + progress()));
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    private void onEndOfDownload(ChannelHandlerContext ctx) {
        if (!uploaded || received < downloadBytes) {
            fail(ctx, new PerfFailedException(Reason.TOO_SHORT, "the remote has ended its side" + progress()));
            return;
        }
        long downloadNanos = now(ctx) - startedAtNanos - uploadNanos;
        result.trySuccess(new PerfResult(uploadBytes, uploadNanos, received, downloadNanos));
        var _ = ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, new PerfFailedException(Reason.CLOSED, "the stream is closed" + progress()));
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        fail(ctx, new PerfFailedException(Reason.CLOSED, "the stream broke" + progress(), failure));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        fail(ctx, new PerfFailedException(Reason.CLOSED, "the measurement was called off" + progress()));
    }

    private void fail(ChannelHandlerContext ctx, PerfFailedException why) {
        if (source != null) {
            source.release();
        }
        if (result.tryFailure(why)) {
            var _ = ctx.close();
        }
    }

    private String progress() {
        long unsent = source == null ? uploadBytes : source.remaining();
        return " after " + (uploadBytes - unsent) + " of " + uploadBytes + " bytes up and " + received + " of "
                + downloadBytes + " down";
    }

    private static long now(ChannelHandlerContext ctx) {
        return ctx.executor().ticker().nanoTime();
    }
}
