package proteus.adapters.libp2p.engine.perf;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.timeout.IdleStateEvent;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/**
 * The listener's side: takes an upload, and when it has ended sends as many bytes as were wanted.
 *
 * <p>Resets the stream as soon as the remote wants or sends more than the limits allow, when its side ends before it has
 * said what it wants, and when an {@link IdleStateEvent} comes; for a limit on streams that stand still, put an {@code
 * IdleStateHandler} before this. A download holds one chunk of 64 KiB, however much was wanted and however slowly it is
 * read.
 *
 * <p>For the event loop of its stream, which must be a {@link DuplexChannel}.
 */
public final class PerfServer extends ChannelInboundHandlerAdapter {

    private enum State {
        HEADER,
        UPLOAD,
        DOWNLOAD,
        OVER
    }

    private final PerfLimits limits;
    private State state = State.HEADER;
    private long wanted;
    private int headerBytes;
    private long uploaded;
    private ZeroSource source = new ZeroSource(() -> {});

    /** A server of one stream. */
    public PerfServer(PerfLimits limits) {
        this.limits = limits;
    }

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
            if (state == State.HEADER) {
                readHeader(ctx, bytes);
            }
            if (state == State.UPLOAD) {
                count(ctx, bytes.readableBytes());
            }
        } finally {
            bytes.release();
        }
    }

    private void readHeader(ChannelHandlerContext ctx, ByteBuf bytes) {
        while (bytes.isReadable() && headerBytes < PerfProtocol.HEADER_BYTES) {
            wanted = wanted << 8 | bytes.readUnsignedByte();
            headerBytes++;
        }
        if (headerBytes < PerfProtocol.HEADER_BYTES) {
            return;
        }
        if (Long.compareUnsigned(wanted, limits.downloadBytes()) > 0) {
            reset(ctx);
            return;
        }
        state = State.UPLOAD;
    }

    private void count(ChannelHandlerContext ctx, int bytes) {
        if (bytes > limits.uploadBytes() - uploaded) {
            reset(ctx);
            return;
        }
        uploaded += bytes;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (state == State.HEADER || state == State.UPLOAD) {
            ctx.read();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        source.pump(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case ChannelInputShutdownEvent _ -> onEndOfUpload(ctx);
            case IdleStateEvent _ -> reset(ctx);
            default -> ctx.fireUserEventTriggered(event);
        }
    }

    private void onEndOfUpload(ChannelHandlerContext ctx) {
        switch (state) {
            case HEADER -> reset(ctx);
            case UPLOAD -> {
                state = State.DOWNLOAD;
                source = new ZeroSource(() -> end(ctx));
                source.start(ctx, wanted, ctx.newSucceededFuture());
            }
            case DOWNLOAD, OVER -> {}
        }
    }

    private void end(ChannelHandlerContext ctx) {
        state = State.OVER;
        var _ = ((DuplexChannel) ctx.channel()).shutdownOutput().addListener(ChannelFutureListener.CLOSE);
    }

    private void reset(ChannelHandlerContext ctx) {
        state = State.OVER;
        source.release();
        var _ = ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        source.release();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        source.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        reset(ctx);
        if (!(failure instanceof StreamResetException)) {
            ctx.fireExceptionCaught(failure);
        }
    }
}
