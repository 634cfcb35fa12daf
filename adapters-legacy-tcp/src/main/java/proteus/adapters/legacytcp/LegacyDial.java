package proteus.adapters.legacytcp;

import io.netty.channel.Channel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import proteus.application.frame.FrameChannel;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.HeldDial;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerGate;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerId;

/** A socket to a listener, which waits for this node to speak first. */
final class LegacyDial implements HeldDial {

    private static final System.Logger LOG = System.getLogger(LegacyDial.class.getName());
    private static final Cause GIVEN_UP = new Cause.RefusedByUs("the dial was given up");

    private final Means means;
    private final PeerGate gate;
    private final Channel channel;
    private final FrameChannel frames;
    private final HandshakeExchange exchange;
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);

    private enum State {
        HELD,
        COMPLETING,
        COMPLETED,
        GIVEN_UP
    }

    /** What a dial asks of its transport. */
    interface Means {

        /** Whether no dial may go on to its handshake. */
        boolean isStopped();

        /** Whether all that is open is being closed. */
        boolean isClosed();

        Description shake(PeerGate gate, FrameChannel frames, HandshakeExchange exchange)
                throws DialFailedException, InterruptedException;

        PeerConnection handOver(PeerGate gate, FrameChannel frames, Channel channel, Description description);
    }

    LegacyDial(Means means, PeerGate gate, Channel channel, FrameChannel frames, HandshakeExchange exchange) {
        this.means = means;
        this.gate = gate;
        this.channel = channel;
        this.frames = frames;
        this.exchange = exchange;
    }

    @Override
    public Optional<HandshakeData> theirs() {
        return Optional.empty();
    }

    @Override
    public PeerId peerId() {
        return PeerId.ofLegacy(frames.peer());
    }

    @Override
    public PeerConnection complete() throws DialFailedException, InterruptedException {
        switch (state.compareAndExchange(State.HELD, State.COMPLETING)) {
            case HELD -> {}
            case COMPLETING, COMPLETED -> throw new IllegalStateException("completed before: " + frames.peer());
            case GIVEN_UP -> throw failure(GIVEN_UP);
        }
        boolean done = false;
        try {
            if (means.isStopped()) {
                throw new DialFailedException(new Cause.Stopped());
            }
            Description description = means.shake(gate, frames, exchange);
            if (!state.compareAndSet(State.COMPLETING, State.COMPLETED)) {
                throw new DialFailedException(GIVEN_UP);
            }
            PeerConnection connection = means.handOver(gate, frames, channel, description);
            done = true;
            return connection;
        } catch (DialFailedException failed) {
            LOG.log(System.Logger.Level.DEBUG, "peer {0}: dial failed: {1}", frames.peer(), failed.getMessage());
            if (failed.reason() instanceof Cause.RefusedByUs) {
                frames.closeGently();
                done = true;
            }
            throw failure(state.get() == State.GIVEN_UP ? GIVEN_UP : failed.reason());
        } finally {
            if (!done) {
                frames.closeNow();
            }
        }
    }

    private DialFailedException failure(Cause cause) {
        return new DialFailedException(means.isClosed() ? new Cause.Stopped() : cause);
    }

    @Override
    public void close() {
        if (state.getAndUpdate(before -> before == State.COMPLETED ? before : State.GIVEN_UP) != State.COMPLETED) {
            frames.closeNow();
        }
    }

    /** Closes it unless its handshake is under way. */
    void closeIfHeld() {
        if (state.compareAndSet(State.HELD, State.GIVEN_UP)) {
            frames.closeNow();
        }
    }
}
