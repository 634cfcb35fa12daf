package proteus.adapters.legacytcp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.domain.peer.PeerAddress;

/**
 * Tells a session what happens to its connection, the end once and last.
 *
 * <p>For the channel's event loop only, but for the counters.
 */
final class ConnectionEvents extends ChannelInboundHandlerAdapter {

    private static final System.Logger LOG = System.getLogger(ConnectionEvents.class.getName());

    private final PeerAddress peer;
    private final AtomicLong framesIn = new AtomicLong();
    private final AtomicLong bytesIn = new AtomicLong();
    private @Nullable ChannelHandlerContext context;
    private @Nullable Consumer<ConnectionEvent> listener;
    private @Nullable CloseCause cause;
    private boolean ended;
    private boolean told;

    /** For the connection with {@code peer}. */
    ConnectionEvents(PeerAddress peer) {
        this.peer = peer;
    }

    /** Frames so far. Any thread. */
    long framesIn() {
        return framesIn.get();
    }

    /** Payload bytes so far. Any thread. */
    long bytesIn() {
        return bytesIn.get();
    }

    /** Begins delivery; tells of the end at once if it has come. */
    void deliverTo(Consumer<ConnectionEvent> to) {
        listener = to;
        tellEnd();
    }

    /** Says why the connection will end. Only the first reason counts. */
    void ending(CloseCause why) {
        if (cause == null) {
            cause = why;
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        if (!ctx.channel().isActive()) {
            end(CloseCause.REMOTE);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        LegacyFrame frame = (LegacyFrame) message;
        if (listener == null || cause != null) {
            frame.close();
            return;
        }
        framesIn.incrementAndGet();
        bytesIn.addAndGet(frame.size());
        tell(new ConnectionEvent.FrameArrived(frame));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof FrameFault fault)) {
            ctx.fireUserEventTriggered(event);
            return;
        }
        if (cause != null) {
            return;
        }
        LOG.log(System.Logger.Level.DEBUG, "peer {0}: {1}", peer, fault);
        switch (fault) {
            case FrameFault.Oversized(var kind, var announced) -> {
                tell(new ConnectionEvent.FrameOversized(kind, announced));
                ending(CloseCause.PROTOCOL);
            }
            case FrameFault.UnknownKind() -> {
                tell(new ConnectionEvent.FrameUnknown());
                ending(CloseCause.PROTOCOL);
            }
            case FrameFault.Starved _ -> ending(CloseCause.STARVED);
            case FrameFault.CutShort() -> ending(CloseCause.LOST);
        }
        var _ = ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(CloseCause.REMOTE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        LOG.log(System.Logger.Level.DEBUG, () -> "peer " + peer + ": connection broken: " + failure, failure);
        ending(CloseCause.LOST);
        var _ = ctx.close();
    }

    private void end(CloseCause unlessKnown) {
        ending(unlessKnown);
        ended = true;
        tellEnd();
    }

    private void tellEnd() {
        if (ended && !told && listener != null && cause != null) {
            told = true;
            LOG.log(System.Logger.Level.DEBUG, "peer {0}: connection closed: {1}", peer, cause);
            tell(new ConnectionEvent.Closed(cause));
        }
    }

    private void tell(ConnectionEvent event) {
        Consumer<ConnectionEvent> to = listener;
        if (to == null) {
            return;
        }
        try {
            to.accept(event);
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.ERROR, () -> "peer " + peer + ": the session failed on " + event, failure);
            if (event instanceof ConnectionEvent.FrameArrived(var frame)) {
                frame.close();
            }
            ending(CloseCause.LOCAL);
            if (context != null) {
                var _ = context.close();
            }
        }
    }
}
