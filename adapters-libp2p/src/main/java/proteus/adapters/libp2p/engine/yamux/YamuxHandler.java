package proteus.adapters.libp2p.engine.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.StreamMuxer;
import proteus.adapters.libp2p.engine.upgrade.StreamRefusedException;

/**
 * One yamux session, for the end of the pipeline of a secured connection.
 *
 * <p>It begins when it is added to an active channel, with a ping, and takes and gives {@code ByteBuf}s. It passes on all
 * events, and adds those of {@link YamuxEvent}. When the connection closes by our side, the remote is told by a GoAway;
 * when it ends, or this handler is removed, each stream gets a {@link
 * proteus.adapters.libp2p.engine.upgrade.StreamResetException} and is closed. An exception from the handlers before it
 * closes the connection.
 *
 * <p>Data is written while the connection is writable. Its high water mark should be some frames ({@link
 * YamuxSettings.FlowControl#maxFrameBody}), or each goes out alone.
 *
 * <p>The methods of {@link StreamMuxer} are safe for use by many threads.
 */
public final class YamuxHandler extends ChannelDuplexHandler implements StreamMuxer {

    /** The protocol id that multistream-select negotiates. */
    public static final String PROTOCOL = "/yamux/1.0.0";

    private final YamuxSettings settings;
    private final ChannelHandler inboundStreams;
    private final StreamTable table;
    private final WindowBudget budget;
    private final UnreadBytes unread;
    private final Pinger pinger;
    private volatile @Nullable Session session;
    private boolean remoteGoesAway;
    private boolean ended;

    /** What there is only once the handler is in a pipeline. */
    private record Session(
            ChannelHandlerContext ctx, FrameWriter writer, InboundFrames frames, List<ChannelHandler> before) {}

    /**
     * A session that begins when it is added to a pipeline, once.
     *
     * @param role who has opened the connection; decides the parity of stream ids
     * @param inboundStreams fills the pipeline of each stream that the remote opens; must be sharable
     */
    public YamuxHandler(Role role, YamuxSettings settings, ChannelHandler inboundStreams) {
        this(role, settings, inboundStreams, ReceiveMemory.unlimited());
    }

    /** The same, with {@code memory} for what is received and not read. */
    public YamuxHandler(Role role, YamuxSettings settings, ChannelHandler inboundStreams, ReceiveMemory memory) {
        this.settings = settings;
        this.inboundStreams = inboundStreams;
        this.table = new StreamTable(role, settings.streams());
        this.budget = new WindowBudget(settings.flow().budget());
        this.unread = new UnreadBytes(memory);
        this.pinger = new Pinger(settings.pings());
    }

    @Override
    public String id() {
        return PROTOCOL;
    }

    @Override
    public int openStreams() {
        return table.size();
    }

    @Override
    public Future<DuplexChannel> openStream(ChannelHandler initializer) {
        Session current = session;
        if (current == null) {
            return ImmediateEventExecutor.INSTANCE.newFailedFuture(new StreamRefusedException("no connection"));
        }
        Promise<DuplexChannel> opened = current.ctx().executor().newPromise();
        if (current.ctx().executor().inEventLoop()) {
            open(current, initializer, opened);
            return opened;
        }
        try {
            current.ctx().executor().execute(() -> open(current, initializer, opened));
        } catch (RejectedExecutionException e) {
            opened.tryFailure(new StreamRefusedException("the event loop has ended: " + e.getMessage()));
        }
        return opened;
    }

    private void open(Session current, ChannelHandler initializer, Promise<DuplexChannel> opened) {
        // Whoever cancels later is told that it is too late, so no stream is left that nobody knows.
        if (!opened.setUncancellable()) {
            return;
        }
        if (ended || remoteGoesAway || !current.ctx().channel().isActive()) {
            opened.setFailure(new StreamRefusedException(remoteGoesAway ? "the remote goes away" : "no connection"));
            return;
        }
        try {
            YamuxStreamChannel stream = open(current, table.nextOutboundId(), FrameHeader.SYN, initializer);
            if (stream.isOpen()) {
                opened.setSuccess(stream);
            } else {
                opened.setFailure(new StreamRefusedException("closed while its pipeline was filled"));
            }
        } catch (StreamRefusedException e) {
            opened.setFailure(e);
        }
    }

    private YamuxStreamChannel open(Session current, int id, int opening, ChannelHandler initializer) {
        ReceiveWindow window = new ReceiveWindow(
                settings.flow().maxWindow(), budget, current.ctx().executor().ticker(), pinger::roundTripNanos);
        YamuxStreamChannel stream =
                new YamuxStreamChannel(current.ctx().channel(), id, opening, table, current.writer(), window, unread);
        table.add(stream);
        stream.pipeline().addLast(initializer);
        var _ = current.ctx().channel().eventLoop().register(stream);
        return stream;
    }

    /** {@inheritDoc} Nothing happens if {@code stream} has ended. */
    @Override
    public void reset(DuplexChannel stream) {
        ((YamuxStreamChannel) stream).reset();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (!ctx.executor().equals(ctx.channel().eventLoop())) {
            throw new IllegalStateException("yamux must run on the event loop of its channel");
        }
        YamuxSettings.AbuseLimits abuse = settings.abuse();
        List<ChannelHandler> before = List.of(
                new FrameCodec(),
                new ControlFrameLimit(abuse.pendingControlFrames()),
                new StrikeLimit(Strike.IGNORED_FRAME, abuse.ignoredFrames(), abuse.period()),
                new StrikeLimit(Strike.REFUSED_STREAM, abuse.refusedStreams(), abuse.period()),
                new StrikeLimit(Strike.REMOTE_RESET, abuse.remoteResets(), abuse.period()),
                pinger);
        FrameWriter writer = new FrameWriter(ctx, settings.flow().maxFrameBody());
        InboundFrames frames = new InboundFrames(table, writer, this::accept);
        session = new Session(ctx, writer, frames, before);
        before.forEach(handler -> ctx.pipeline().addBefore(ctx.name(), null, handler));
    }

    private void accept(int id) {
        var _ = open(present(), id, FrameHeader.ACK, inboundStreams);
    }

    private Session present() {
        Session current = session;
        if (current == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return current;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (ended) {
            ReferenceCountUtil.release(message);
            return;
        }
        present().writer().readBegins();
        switch (message) {
            case ByteBuf piece -> present().frames().body(piece);
            case FrameHeader frame -> read(ctx, frame);
            default -> throw new IllegalArgumentException("neither header nor body: " + message.getClass());
        }
    }

    private void read(ChannelHandlerContext ctx, FrameHeader frame) {
        if (frame.type() != FrameType.GO_AWAY) {
            present().frames().header(frame).ifPresent(failed -> fail(ctx, failed));
        } else if (frame.streamId() != 0) {
            fail(ctx, YamuxEvent.Failed.violation("going away on a stream: " + frame));
        } else {
            remoteGoesAway = true;
            ctx.fireUserEventTriggered(new YamuxEvent.RemoteGoAway(frame.length()));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        present().writer().readComplete();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        present().writer().takeTurns();
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof YamuxEvent.Failed failed) {
            fail(ctx, failed);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void fail(ChannelHandlerContext ctx, YamuxEvent.Failed failed) {
        if (ended) {
            return;
        }
        present().writer().end(FrameHeader.goAway(FrameHeader.PROTOCOL_ERROR));
        end(failed.message());
        ctx.fireUserEventTriggered(failed);
        var _ = ctx.close();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (!ended && ctx.channel().isActive()) {
            present().writer().end(FrameHeader.goAway(FrameHeader.NORMAL));
        }
        var _ = ctx.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end("the connection has ended");
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.fireExceptionCaught(cause);
        var _ = ctx.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        end("the session has ended");
        if (ctx.channel().isRegistered()) {
            present().before().forEach(ctx.pipeline()::remove);
        }
    }

    private void end(String why) {
        if (!ended) {
            ended = true;
            present().writer().end();
            table.resetAll(why);
        }
    }
}
