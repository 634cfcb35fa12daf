package proteus.application.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import proteus.application.comparison.Comparison;
import proteus.application.comparison.PeerMeter;
import proteus.application.contract.Descriptions;
import proteus.application.contract.FakeGate;
import proteus.application.contract.ManualScheduler;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.HeldDial;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerStore.AddressBookEntry;
import proteus.application.port.PeerTransport;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.session.NodeEvent;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeVerdict;

/** A node with both stacks, whose dials end as the test says. */
final class FakeMigratingNode implements MigratingNode {

    private final PeerGate gate = new FakeGate(Descriptions.handshake(1));
    final List<MovableSession> sessions = new CopyOnWriteArrayList<>();
    final List<AddressBookEntry> book = new ArrayList<>();
    final List<PeerEndpoint> held = new CopyOnWriteArrayList<>();
    final List<PeerEndpoint> dialled = new CopyOnWriteArrayList<>();
    final AtomicInteger asked = new AtomicInteger();
    volatile Function<PeerEndpoint, Cause> failing = endpoint -> new Cause.PortClosed("at " + endpoint);

    /** A session that does what it is told with nothing. */
    static final class Session implements MovableSession {

        final List<NodeEvent> orders = new CopyOnWriteArrayList<>();
        private final Description description;
        private final PeerMeter meter;

        Session(Description description) {
            this.description = description;
            meter = new Comparison(new ManualScheduler(), Map::of).meter(() -> description, Map::of);
        }

        @Override
        public PeerMeter meter() {
            return meter;
        }

        @Override
        public Description origin() {
            return description;
        }

        @Override
        public Description current() {
            return description;
        }

        @Override
        public boolean post(NodeEvent event) {
            return orders.add(event);
        }

        @Override
        public void carriedBy(Description connection) {}
    }

    @Override
    public List<MovableSession> sessions() {
        return List.copyOf(sessions);
    }

    @Override
    public Optional<PeerTransport> dialling(Stack stack) {
        asked.incrementAndGet();
        return Optional.of(new Dials(stack));
    }

    /** Fails as it is told. */
    private final class Dials implements PeerTransport {

        private final Stack stack;

        private Dials(Stack stack) {
            this.stack = stack;
        }

        @Override
        public Stack stack() {
            return stack;
        }

        @Override
        public PeerEndpoint listen(PeerEndpoint endpoint) {
            return endpoint;
        }

        @Override
        public PeerConnection dial(PeerEndpoint endpoint) throws DialFailedException {
            dialled.add(endpoint);
            throw new DialFailedException(failing.apply(endpoint));
        }

        @Override
        public HeldDial hold(PeerEndpoint endpoint, PeerGate gate) throws DialFailedException {
            held.add(endpoint);
            throw new DialFailedException(failing.apply(endpoint));
        }

        @Override
        public void stopListening() {}

        @Override
        public void stopAccepting() {}

        @Override
        public void close() {}
    }

    @Override
    public boolean has(Stack stack) {
        return true;
    }

    @Override
    public boolean uses(Stack stack) {
        return true;
    }

    @Override
    public void use(Rollout rollout) {}

    @Override
    public List<AddressBookEntry> addressBook() {
        return List.copyOf(book);
    }

    @Override
    public HandshakeVerdict judgeSuccessor(
            MovableSession session, HandshakeData own, HandshakeData theirs, PeerGate.Remote remote) {
        return new HandshakeVerdict.Accepted();
    }

    @Override
    public PeerGate gate() {
        return gate;
    }

    @Override
    public long nextWord() {
        return 7;
    }

    @Override
    public void answered(PeerEndpoint place) {}

    @Override
    public void useAsTold() {}
}
