package proteus.application.contract;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.HeldDial;
import proteus.application.port.PeerConnection;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerId;

/** A dial within the process whose listener waits for what this node says of itself. */
final class InMemoryHeldDial implements HeldDial {

    private static final Cause GIVEN_UP = new Cause.RefusedByUs("the dial was given up");

    private final InMemoryDial dial;
    private final Optional<HandshakeData> theirs;
    private final PeerId peerId;
    private final Rest rest;
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);

    private enum State {
        HELD,
        COMPLETING,
        COMPLETED,
        GIVEN_UP
    }

    /** What is left to do. */
    interface Rest {

        /** Shakes hands; hangs up at its end, however that comes. */
        PeerConnection shake(InMemoryDial dial, Optional<HandshakeData> theirs)
                throws DialFailedException, InterruptedException;

        /** Ends a dial that nobody wants. */
        void hangUp(InMemoryDial dial);
    }

    InMemoryHeldDial(InMemoryDial dial, Optional<HandshakeData> theirs, PeerId peerId, Rest rest) {
        this.dial = dial;
        this.theirs = theirs;
        this.peerId = peerId;
        this.rest = rest;
    }

    @Override
    public Optional<HandshakeData> theirs() {
        return theirs;
    }

    @Override
    public PeerId peerId() {
        return peerId;
    }

    @Override
    public PeerConnection complete() throws DialFailedException, InterruptedException {
        switch (state.compareAndExchange(State.HELD, State.COMPLETING)) {
            case HELD -> {}
            case COMPLETING, COMPLETED -> throw new IllegalStateException("completed before: " + dial.target());
            case GIVEN_UP -> throw new DialFailedException(GIVEN_UP);
        }
        try {
            PeerConnection connection = rest.shake(dial, theirs);
            if (!state.compareAndSet(State.COMPLETING, State.COMPLETED)) {
                connection.close();
                throw new DialFailedException(GIVEN_UP);
            }
            return connection;
        } catch (DialFailedException failed) {
            throw state.get() == State.GIVEN_UP ? new DialFailedException(GIVEN_UP) : failed;
        }
    }

    @Override
    public void close() {
        switch (state.getAndUpdate(before -> before == State.COMPLETED ? before : State.GIVEN_UP)) {
            case HELD -> rest.hangUp(dial);
            // Whoever completes it hears this, and hangs up.
            case COMPLETING -> dial.tell(new InMemoryDial.Heard.Stopped());
            case COMPLETED, GIVEN_UP -> {}
        }
    }
}
