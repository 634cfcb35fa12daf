package proteus.application.frame;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import proteus.application.memory.InboundBudget;
import proteus.application.memory.InboundBudget.Reservation;
import proteus.application.port.InboundFrame;
import proteus.application.wire.FrameKind;
import proteus.domain.peer.PeerMessageKind;

/**
 * Cuts a byte stream into frames, one for each that was asked for.
 *
 * <p>Hands on each frame, and a {@link FrameFault} when it gives up; what follows from that is for others. Never closes
 * the link. The limit of a frame's kind is applied as soon as its first bytes tell the kind, then the whole frame is
 * reserved from the node's budget, and only then is memory taken, as the bytes come. Between frames nothing is read
 * unless a frame was asked for. Source: wire reference of neptune-cash 0.19.4, sections 1.2 and 1.3.
 *
 * <p>For the link's loop only.
 */
final class FrameCollector {

    /** The longest frame before the handshake is done, in bytes; no handshake message needs a twentieth of it. */
    static final int HANDSHAKE_LIMIT = 65_536;

    private enum State {
        AWAIT_LENGTH,
        AWAIT_KIND,
        AWAIT_BUDGET,
        COLLECT,
        DISCARD
    }

    private final FrameLink link;
    private final FrameEncoding encoding;
    private final InboundBudget budget;
    private final Consumer<InboundFrame> frames;
    private final Consumer<FrameFault> faults;
    private final FrameDeadline deadline;
    private State state = State.AWAIT_LENGTH;
    private boolean handshaking = true;
    private boolean reserving;
    private boolean lingering;
    private long credit;
    // At most what one read gave and the first 68 bytes of a frame before it.
    private final PendingBytes pending = new PendingBytes();
    private long length;
    private PeerMessageKind kind = PeerMessageKind.HANDSHAKE;
    private Optional<Reservation> reservation = Optional.empty();
    private FrameBody body = FrameBody.NONE;

    /**
     * A collector that keeps the limits of a handshake until {@link #endHandshake}.
     *
     * @param budget what it collects is reserved from it, once the handshake is done
     * @param frames takes each frame over
     * @param faults is told at most once
     */
    FrameCollector(
            FrameLink link,
            FrameEncoding encoding,
            InboundBudget budget,
            Consumer<InboundFrame> frames,
            Consumer<FrameFault> faults) {
        this.link = link;
        this.encoding = encoding;
        this.budget = budget;
        this.frames = frames;
        this.faults = faults;
        deadline = new FrameDeadline(link, this::fail);
    }

    /** Asks for one more frame. */
    void request() {
        credit++;
        advance();
        readIfWanted();
    }

    /** Lifts the limits of the handshake for the frames to come, and lets the budget count them. */
    void endHandshake() {
        handshaking = false;
    }

    /** Takes over bytes that came; {@code release} is run once, when they are used up. */
    void received(ByteBuffer bytes, Runnable release) {
        pending.add(bytes, release);
        advance();
    }

    /** Goes on reading, if more is wanted. */
    void readIfWanted() {
        boolean wanted = switch (state) {
            case AWAIT_LENGTH -> credit > 0;
            case AWAIT_KIND, COLLECT -> true;
            case AWAIT_BUDGET -> false;
            case DISCARD -> lingering;
        };
        if (wanted) {
            link.read();
        }
    }

    /** Drops what has come and what will come, and goes on reading, so that the peer's end of stream is noticed. */
    void discardToEnd() {
        lingering = true;
        discard();
        readIfWanted();
    }

    /** Takes notice of the end of the link. */
    void ended() {
        boolean withinFrame = state != State.DISCARD && (state != State.AWAIT_LENGTH || !pending.isEmpty());
        discard();
        if (withinFrame) {
            faults.accept(new FrameFault.CutShort());
        }
    }

    private void advance() {
        boolean moved = true;
        while (moved) {
            moved = switch (state) {
                case AWAIT_LENGTH -> takeLength();
                case AWAIT_KIND -> decideKind();
                case COLLECT -> collect();
                case AWAIT_BUDGET, DISCARD -> false;
            };
        }
        if (state == State.DISCARD || pending.isEmpty()) {
            pending.drop();
        }
        if (!handshaking && !deadline.isArmed()) {
            armDeadline();
        }
    }

    private boolean takeLength() {
        if (credit == 0 || pending.bytes().remaining() < Integer.BYTES) {
            return false;
        }
        length = Integer.toUnsignedLong(pending.bytes().getInt());
        state = State.AWAIT_KIND;
        return true;
    }

    private boolean decideKind() {
        return switch (encoding.kindOf(length, pending.bytes())) {
            case FrameKind.Undecided() -> false;
            case FrameKind.Unknown() -> fail(new FrameFault.UnknownKind());
            case FrameKind.Known(var known) -> applyLimit(known);
        };
    }

    private boolean applyLimit(PeerMessageKind known) {
        kind = known;
        long limit = encoding.limit(known);
        if (length > (handshaking ? Math.min(limit, HANDSHAKE_LIMIT) : limit)) {
            return fail(new FrameFault.Oversized(known, length));
        }
        deadline.disarm();
        if (handshaking) {
            // Not from the budget: handshakes are bounded by their number, and must not wait for others' large frames.
            beginBody();
            return true;
        }
        return reserve();
    }

    private boolean reserve() {
        state = State.AWAIT_BUDGET;
        Thread here = Thread.currentThread();
        reserving = true;
        Optional<Reservation> asked = budget.reserve(length, granted -> {
            if (Thread.currentThread() == here && reserving) {
                beginBody();
            } else {
                grantedLater(granted);
            }
        });
        reserving = false;
        if (asked.isEmpty()) {
            return fail(new FrameFault.Starved(length + " bytes exceed the whole inbound budget"));
        }
        reservation = asked;
        return state == State.COLLECT;
    }

    // Runs on whichever thread made room.
    private void grantedLater(Reservation granted) {
        boolean loopRuns = link.execute(() -> {
            if (state == State.AWAIT_BUDGET) {
                deadline.disarm();
                beginBody();
                advance();
                readIfWanted();
            } else {
                granted.close();
            }
        });
        if (!loopRuns) {
            granted.close();
        }
    }

    private void beginBody() {
        body = new FrameBody((int) length);
        state = State.COLLECT;
    }

    private boolean collect() {
        body.take(pending.bytes());
        if (!body.isWhole()) {
            return false;
        }
        WireFrame frame = new WireFrame(encoding, kind, body.bytes(), reservation);
        reservation = Optional.empty();
        body = FrameBody.NONE;
        credit--;
        state = State.AWAIT_LENGTH;
        deadline.disarm();
        frames.accept(frame);
        return true;
    }

    private boolean fail(FrameFault fault) {
        discard();
        faults.accept(fault);
        return false;
    }

    private void discard() {
        state = State.DISCARD;
        deadline.disarm();
        reservation.ifPresent(Reservation::close);
        reservation = Optional.empty();
        body = FrameBody.NONE;
        pending.drop();
    }

    private void armDeadline() {
        switch (state) {
            case AWAIT_KIND -> deadline.armForKind();
            case AWAIT_BUDGET -> deadline.armForRoom(length);
            case COLLECT -> deadline.armForBody(length);
            case AWAIT_LENGTH, DISCARD -> {}
        }
    }
}
