package proteus.adapters.libp2p.engine.multistream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.Optional;
import proteus.adapters.libp2p.engine.multistream.NegotiationFailedException.Reason;

/**
 * What both sides of a negotiation share: cutting bytes into messages, ending, and handing on what belongs to the next.
 *
 * <p>Once it has failed it stays where it is and drops what comes, so that no byte gets past it.
 */
abstract sealed class Negotiator extends ChannelInboundHandlerAdapter permits MultistreamDialler, MultistreamListener {

    private enum State {
        NEGOTIATING,
        AGREED,
        FAILED
    }

    /** Up to here a receive buffer with an unfinished message is kept as it is. */
    private static final int SMALL = 4096;

    private final int maxMessageBytes;
    private State state = State.NEGOTIATING;
    private ByteBuf received = Unpooled.EMPTY_BUFFER;
    private boolean started;
    private boolean reading;
    private boolean unflushed;

    Negotiator(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    /** The channel is active. */
    abstract void begin(ChannelHandlerContext ctx);

    /** The remote has sent {@code message}. */
    abstract void take(ChannelHandlerContext ctx, MultistreamMessage message) throws NegotiationFailedException;

    /** What was negotiated so far, for the text of a failure. */
    abstract String progress();

    /** Sends {@code messages}; flushed when all that was received has been looked at. */
    final void send(ChannelHandlerContext ctx, ByteBuf messages) {
        unflushed = true;
        var _ = ctx.write(messages);
    }

    /** Asks for bytes, where nobody else does. */
    static void ask(ChannelHandlerContext ctx) {
        if (!ctx.channel().config().isAutoRead()) {
            ctx.read();
        }
    }

    /** All is said: after {@link #take} this handler leaves. */
    final void agreed() {
        state = State.AGREED;
    }

    final boolean failed() {
        return state == State.FAILED;
    }

    @Override
    public final void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            start(ctx);
        }
    }

    @Override
    public final void channelActive(ChannelHandlerContext ctx) {
        ctx.fireChannelActive();
        start(ctx);
    }

    private void start(ChannelHandlerContext ctx) {
        if (started || state != State.NEGOTIATING) {
            return;
        }
        started = true;
        begin(ctx);
        flush(ctx);
    }

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
            return;
        }
        if (failed()) {
            bytes.release();
            return;
        }
        received = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), received, bytes);
        if (reading) {
            // The receiver of our event has made the channel deliver more; that must stay behind what we hold.
            return;
        }
        reading = true;
        try {
            negotiate(ctx);
        } finally {
            reading = false;
        }
        flush(ctx);
    }

    private void negotiate(ChannelHandlerContext ctx) {
        try {
            while (state == State.NEGOTIATING) {
                Optional<MultistreamMessage> message = MultistreamMessage.read(received, maxMessageBytes);
                if (message.isEmpty()) {
                    shrink(ctx);
                    return;
                }
                take(ctx, message.get());
            }
        } catch (NegotiationFailedException failure) {
            fail(ctx, failure);
            return;
        }
        if (state == State.AGREED) {
            leave(ctx);
        }
    }

    /** Lets go of a large buffer for the sake of a few bytes. */
    private void shrink(ChannelHandlerContext ctx) {
        if (!received.isReadable()) {
            drop();
        } else if (received.capacity() > SMALL) {
            ByteBuf small = ctx.alloc().buffer(received.readableBytes()).writeBytes(received);
            drop();
            received = small;
        }
    }

    private void leave(ChannelHandlerContext ctx) {
        ByteBuf readAhead = received;
        received = Unpooled.EMPTY_BUFFER;
        if (!ctx.isRemoved()) {
            ctx.pipeline().remove(this);
        }
        if (readAhead.isReadable()) {
            ctx.fireChannelRead(readAhead);
        } else {
            readAhead.release();
        }
    }

    private void fail(ChannelHandlerContext ctx, NegotiationFailedException failure) {
        if (state == State.NEGOTIATING) {
            state = State.FAILED;
            drop();
            ctx.fireExceptionCaught(failure);
        }
    }

    private void closed(ChannelHandlerContext ctx) {
        if (state == State.NEGOTIATING) {
            fail(ctx, new NegotiationFailedException(Reason.CLOSED, "the remote ended it: " + progress()));
        }
    }

    private void flush(ChannelHandlerContext ctx) {
        if (unflushed) {
            unflushed = false;
            ctx.flush();
        }
    }

    private void drop() {
        received.release();
        received = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public final void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        if (state == State.NEGOTIATING) {
            ask(ctx);
        }
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            closed(ctx);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public final void channelInactive(ChannelHandlerContext ctx) {
        closed(ctx);
        ctx.fireChannelInactive();
    }

    @Override
    public final void handlerRemoved(ChannelHandlerContext ctx) {
        if (state == State.NEGOTIATING) {
            state = State.FAILED;
        }
        drop();
    }
}
