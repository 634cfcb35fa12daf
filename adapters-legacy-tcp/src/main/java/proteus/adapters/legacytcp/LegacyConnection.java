package proteus.adapters.legacytcp;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.PeerConnection;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.peer.FrameLimits;
import proteus.domain.peer.PeerMessage;

/** A connection over plain TCP. Messages are encoded on the sender's thread. */
final class LegacyConnection implements PeerConnection {

    private final Description description;
    private final FrameChannel frames;
    private final ConnectionEvents events;
    private final AtomicBoolean opened = new AtomicBoolean();
    private final AtomicLong framesOut = new AtomicLong();
    private final AtomicLong bytesOut = new AtomicLong();

    private LegacyConnection(Description description, FrameChannel frames, ConnectionEvents events) {
        this.description = description;
        this.frames = frames;
        this.events = events;
    }

    /** Makes a connection of a socket whose handshake is done. */
    static LegacyConnection over(FrameChannel frames, Description description) {
        ConnectionEvents events = new ConnectionEvents(frames.peer());
        frames.establish(events);
        return new LegacyConnection(description, frames, events);
    }

    @Override
    public Description description() {
        return description;
    }

    @Override
    public void open(Consumer<ConnectionEvent> listener) {
        if (opened.getAndSet(true)) {
            throw new IllegalStateException("opened before: " + frames.peer());
        }
        frames.onLoop(() -> events.deliverTo(listener));
    }

    @Override
    public void request() {
        frames.request();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the message is longer than its kind allows: every peer would punish it
     */
    @Override
    public void send(PeerMessage message) throws ConnectionClosedException {
        byte[] payload = PeerMessageCodec.encode(message);
        int limit = FrameLimits.bincode(message.kind());
        if (payload.length > limit) {
            throw new IllegalArgumentException(
                    message.kind() + " of " + payload.length + " bytes, limit " + limit + ", for " + frames.peer());
        }
        switch (frames.outbound().offer(payload)) {
            case QUEUED -> {
                framesOut.incrementAndGet();
                bytesOut.addAndGet(payload.length);
            }
            case FULL -> {
                end(CloseCause.OUTBOUND_FULL, frames::closeNow);
                throw new ConnectionClosedException("outbound queue is full, closing " + frames.peer());
            }
            case CLOSED -> throw new ConnectionClosedException("closed: " + frames.peer());
        }
    }

    @Override
    public Traffic traffic() {
        return new Traffic(events.framesIn(), events.bytesIn(), framesOut.get(), bytesOut.get());
    }

    @Override
    public void close() {
        end(CloseCause.LOCAL, frames::closeGently);
    }

    private void end(CloseCause cause, Runnable close) {
        frames.outbound().refuseMore();
        frames.onLoop(() -> events.ending(cause));
        close.run();
    }
}
