package proteus.application.frame;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.PeerConnection;
import proteus.domain.peer.PeerMessage;

/** A connection over a channel of frames. Messages are encoded on the sender's thread. */
public final class FramedConnection implements PeerConnection {

    private final Description description;
    private final FrameChannel frames;
    private final AtomicBoolean opened = new AtomicBoolean();
    private final AtomicLong framesOut = new AtomicLong();
    private final AtomicLong bytesOut = new AtomicLong();

    private FramedConnection(Description description, FrameChannel frames) {
        this.description = description;
        this.frames = frames;
    }

    /** Makes a connection of a channel whose handshake is done. */
    public static FramedConnection over(FrameChannel frames, Description description) {
        frames.establish();
        return new FramedConnection(description, frames);
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
        frames.onLoop(() -> frames.events().deliverTo(listener));
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
        byte[] payload = frames.encoding().encode(message);
        int limit = frames.encoding().limit(message.kind());
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
        return new Traffic(frames.events().framesIn(), frames.events().bytesIn(), framesOut.get(), bytesOut.get());
    }

    @Override
    public void close() {
        end(CloseCause.LOCAL, frames::closeGently);
    }

    private void end(CloseCause cause, Runnable close) {
        frames.outbound().refuseMore();
        frames.onLoop(() -> frames.events().ending(cause));
        close.run();
    }
}
