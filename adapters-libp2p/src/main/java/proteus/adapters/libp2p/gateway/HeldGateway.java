package proteus.adapters.libp2p.gateway;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.HeldDial;
import proteus.application.port.PeerConnection;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerId;

/** A gateway whose peer has sent its record, and waits for this node's. */
final class HeldGateway implements HeldDial {

    private static final Cause GIVEN_UP = new Cause.RefusedByUs("the dial was given up");

    private final GatewayDials dials;
    private final Gateway gateway;
    private final HandshakeData theirs;
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);

    private enum State {
        HELD,
        COMPLETING,
        COMPLETED,
        GIVEN_UP
    }

    HeldGateway(GatewayDials dials, Gateway gateway, HandshakeData theirs) {
        this.dials = dials;
        this.gateway = gateway;
        this.theirs = theirs;
    }

    @Override
    public Optional<HandshakeData> theirs() {
        return Optional.of(theirs);
    }

    @Override
    public PeerId peerId() {
        return gateway.remote().peerId();
    }

    @Override
    public PeerConnection complete() throws DialFailedException, InterruptedException {
        switch (state.compareAndExchange(State.HELD, State.COMPLETING)) {
            case HELD -> {}
            case COMPLETING, COMPLETED -> throw new IllegalStateException("completed before: " + gateway.remote());
            case GIVEN_UP -> throw new DialFailedException(GIVEN_UP);
        }
        boolean done = false;
        try {
            PeerConnection connection = dials.complete(gateway);
            done = state.compareAndSet(State.COMPLETING, State.COMPLETED);
            if (!done) {
                throw new DialFailedException(GIVEN_UP);
            }
            return connection;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    @Override
    public void close() {
        if (state.getAndUpdate(before -> before == State.COMPLETED ? before : State.GIVEN_UP) != State.COMPLETED) {
            gateway.giveUp(GIVEN_UP);
        }
    }
}
