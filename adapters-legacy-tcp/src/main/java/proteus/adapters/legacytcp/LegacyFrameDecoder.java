package proteus.adapters.legacytcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import proteus.application.memory.InboundBudget;
import proteus.application.memory.InboundBudget.Reservation;
import proteus.application.wire.FrameKind;
import proteus.domain.peer.FrameLimits;
import proteus.domain.peer.PeerMessageKind;

/**
 * Cuts a byte stream into frames, one for each that was asked for.
 *
 * <p>Passes each frame on as a {@link LegacyFrame}, and fires a {@link FrameFault} as a user event when it gives up;
 * what follows from that is for the next handler. Never closes the channel. The limit of a frame's kind is applied as
 * soon as its first bytes tell the kind, then the whole frame is reserved from the node's budget, and only then is
 * memory taken, as the bytes come. Between frames nothing is read unless a frame was asked for, so the channel must not
 * read by itself. Source: wire reference of neptune-cash 0.19.4, sections 1.2 and 1.3.
 *
 * <p>For the channel's event loop only, but for {@link #anyBytesSeen}.
 */
final class LegacyFrameDecoder extends ChannelInboundHandlerAdapter {

    /** The longest frame before the handshake is done, in bytes; no handshake message needs a twentieth of it. */
    static final int HANDSHAKE_LIMIT = 65_536;

    /** How long a frame waits for room in the budget. */
    static final Duration BUDGET_PATIENCE = Duration.ofSeconds(30);

    /** How long the bytes of a frame may take, before the time that its length gives it. */
    static final Duration FRAME_PATIENCE = Duration.ofSeconds(60);

    /** The slowest that a long frame may come, in bytes a second. */
    static final int LEAST_RATE = 65_536;

    private static final int LENGTH_BYTES = 4;
    // Memory grows with what has come: to at most this many times as much, beyond the first bytes.
    private static final int GROWTH = 4;
    private static final int FIRST_BODY_BYTES = 16_384;

    private enum State {
        AWAIT_LENGTH,
        AWAIT_KIND,
        AWAIT_BUDGET,
        COLLECT,
        DISCARD
    }

    private final InboundBudget budget;
    private @Nullable ChannelHandlerContext context;
    private State state = State.AWAIT_LENGTH;
    private boolean handshaking = true;
    private boolean reserving;
    private boolean lingering;
    private long credit;
    private volatile boolean anyBytesSeen;

    // Bytes that were read and not yet taken: at most what one read gave and the first 68 bytes of a frame before it.
    private @Nullable ByteBuf pending;
    private long length;
    private PeerMessageKind kind = PeerMessageKind.HANDSHAKE;
    private Optional<Reservation> reservation = Optional.empty();
    private byte[] body = {};
    private int filled;
    private @Nullable ScheduledFuture<?> deadline;

    /** A decoder that reserves what it collects from {@code budget}, once the handshake is done. */
    LegacyFrameDecoder(InboundBudget budget) {
        this.budget = budget;
    }

    /** Asks for one more frame. Ignored when the channel is gone. */
    void request() {
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            credit++;
            advance(ctx);
            readIfWanted(ctx);
        }
    }

    /** Lifts the limits of the handshake for the frames to come, and lets the budget count them. */
    void endHandshake() {
        handshaking = false;
    }

    /** Whether anything has come so far. Any thread. */
    boolean anyBytesSeen() {
        return anyBytesSeen;
    }

    /**
     * Drops what has come and what will come.
     *
     * @param untilEnd whether to go on reading, so that the peer's end of stream is noticed
     */
    void discard(boolean untilEnd) {
        state = State.DISCARD;
        lingering = untilEnd;
        release();
        ChannelHandlerContext ctx = context;
        if (ctx != null) {
            readIfWanted(ctx);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        state = State.DISCARD;
        release();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        append((ByteBuf) message);
        advance(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        readIfWanted(ctx);
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        boolean withinFrame = state != State.DISCARD && (state != State.AWAIT_LENGTH || pending != null);
        state = State.DISCARD;
        release();
        if (withinFrame) {
            ctx.fireUserEventTriggered(new FrameFault.CutShort());
        }
        ctx.fireChannelInactive();
    }

    private void append(ByteBuf bytes) {
        anyBytesSeen = true;
        ByteBuf before = pending;
        if (before == null) {
            pending = bytes;
            return;
        }
        try {
            ByteBuf joined = bytes.alloc().buffer(before.readableBytes() + bytes.readableBytes());
            pending = joined.writeBytes(before).writeBytes(bytes);
        } finally {
            before.release();
            bytes.release();
        }
    }

    private void advance(ChannelHandlerContext ctx) {
        boolean moved = true;
        while (moved) {
            moved = switch (state) {
                case AWAIT_LENGTH -> takeLength();
                case AWAIT_KIND -> decideKind(ctx);
                case AWAIT_BUDGET -> false;
                case COLLECT -> collect(ctx);
                case DISCARD -> false;
            };
        }
        if (pending != null && (state == State.DISCARD || !pending.isReadable())) {
            pending.release();
            pending = null;
        }
        if (deadline == null && !handshaking) {
            armDeadline(ctx);
        }
    }

    private boolean takeLength() {
        if (credit == 0 || available() < LENGTH_BYTES || pending == null) {
            return false;
        }
        length = pending.readUnsignedInt();
        state = State.AWAIT_KIND;
        return true;
    }

    private boolean decideKind(ChannelHandlerContext ctx) {
        ByteBuffer received = pending == null ? ByteBuffer.allocate(0) : pending.nioBuffer();
        return switch (FrameKind.ofBincode(length, received)) {
            case FrameKind.Undecided() -> false;
            case FrameKind.Unknown() -> fail(ctx, new FrameFault.UnknownKind());
            case FrameKind.Known(var known) -> applyLimit(ctx, known);
        };
    }

    private boolean applyLimit(ChannelHandlerContext ctx, PeerMessageKind known) {
        kind = known;
        long limit = FrameLimits.bincode(known);
        if (length > (handshaking ? Math.min(limit, HANDSHAKE_LIMIT) : limit)) {
            return fail(ctx, new FrameFault.Oversized(known, length));
        }
        disarmDeadline();
        if (handshaking) {
            // Not from the budget: handshakes are bounded by their number, and must not wait for others' large frames.
            beginBody();
            return true;
        }
        return reserve(ctx);
    }

    private boolean reserve(ChannelHandlerContext ctx) {
        state = State.AWAIT_BUDGET;
        reserving = true;
        Optional<Reservation> asked = budget.reserve(length, granted -> onGranted(ctx, granted));
        reserving = false;
        if (asked.isEmpty()) {
            return fail(ctx, new FrameFault.Starved(length + " bytes exceed the whole inbound budget"));
        }
        reservation = asked;
        return state == State.COLLECT;
    }

    // Runs on whichever thread made room.
    private void onGranted(ChannelHandlerContext ctx, Reservation granted) {
        if (ctx.executor().inEventLoop() && reserving) {
            beginBody();
            return;
        }
        try {
            ctx.executor().execute(() -> {
                if (state != State.AWAIT_BUDGET) {
                    granted.close();
                    return;
                }
                disarmDeadline();
                beginBody();
                advance(ctx);
                readIfWanted(ctx);
            });
        } catch (RejectedExecutionException loopIsGone) {
            granted.close();
        }
    }

    private void beginBody() {
        body = new byte[(int) Math.min(length, FIRST_BODY_BYTES)];
        filled = 0;
        state = State.COLLECT;
    }

    private boolean collect(ChannelHandlerContext ctx) {
        while (pending != null && pending.isReadable() && filled < length) {
            if (filled == body.length) {
                body = Arrays.copyOf(body, (int) Math.min(length, (long) GROWTH * body.length));
            }
            int taken = Math.min(pending.readableBytes(), body.length - filled);
            pending.readBytes(body, filled, taken);
            filled += taken;
        }
        if (filled < length) {
            return false;
        }
        LegacyFrame frame = new LegacyFrame(kind, body, reservation);
        reservation = Optional.empty();
        body = new byte[0];
        credit--;
        state = State.AWAIT_LENGTH;
        disarmDeadline();
        ctx.fireChannelRead(frame);
        return true;
    }

    private boolean fail(ChannelHandlerContext ctx, FrameFault fault) {
        discard(false);
        ctx.fireUserEventTriggered(fault);
        return false;
    }

    private int available() {
        return pending == null ? 0 : pending.readableBytes();
    }

    private void readIfWanted(ChannelHandlerContext ctx) {
        boolean wanted = switch (state) {
            case AWAIT_LENGTH -> credit > 0;
            case AWAIT_KIND, COLLECT -> true;
            case AWAIT_BUDGET -> false;
            case DISCARD -> lingering;
        };
        if (wanted) {
            ctx.read();
        }
    }

    private void armDeadline(ChannelHandlerContext ctx) {
        switch (state) {
            case AWAIT_KIND -> fireAfter(ctx, FRAME_PATIENCE, "the first bytes of a frame did not come in time");
            case COLLECT ->
                fireAfter(
                        ctx,
                        FRAME_PATIENCE.plusMillis(length * 1000 / LEAST_RATE),
                        "a frame of " + length + " bytes came too slowly");
            case AWAIT_BUDGET -> fireAfter(ctx, BUDGET_PATIENCE, "no room for a frame of " + length + " bytes");
            case AWAIT_LENGTH, DISCARD -> {}
        }
    }

    private void fireAfter(ChannelHandlerContext ctx, Duration patience, String what) {
        deadline = ctx.executor()
                .schedule(
                        () -> {
                            fail(ctx, new FrameFault.Starved(what));
                        },
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void disarmDeadline() {
        if (deadline != null) {
            var _ = deadline.cancel(false);
            deadline = null;
        }
    }

    private void release() {
        disarmDeadline();
        reservation.ifPresent(Reservation::close);
        reservation = Optional.empty();
        body = new byte[0];
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }
}
