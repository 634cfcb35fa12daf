package proteus.application.node;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import proteus.application.contract.Await;
import proteus.application.port.DialFailedException;
import proteus.application.port.HeldDial;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerTransport;
import proteus.application.port.Stack;
import proteus.application.port.TaskScheduler;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/** Any transport, with a record of its dials. */
final class WatchedTransport implements PeerTransport {

    private final PeerTransport transport;
    private final TaskScheduler clock;
    private final List<Dial> dials = new CopyOnWriteArrayList<>();
    private final List<DialFailedException> failures = new CopyOnWriteArrayList<>();

    /** A dial that began. */
    record Dial(PeerAddress address, Instant time, Thread thread) {}

    WatchedTransport(PeerTransport transport, TaskScheduler clock) {
        this.transport = transport;
        this.clock = clock;
    }

    @Override
    public PeerConnection dial(PeerEndpoint endpoint) throws DialFailedException, InterruptedException {
        dials.add(new Dial(endpoint.address(), clock.instant(), Thread.currentThread()));
        try {
            return transport.dial(endpoint);
        } catch (DialFailedException failed) {
            failures.add(failed);
            throw failed;
        }
    }

    /** {@inheritDoc} It counts as a dial. */
    @Override
    public HeldDial hold(PeerEndpoint endpoint, PeerGate gate) throws DialFailedException, InterruptedException {
        dials.add(new Dial(endpoint.address(), clock.instant(), Thread.currentThread()));
        try {
            return transport.hold(endpoint, gate);
        } catch (DialFailedException failed) {
            failures.add(failed);
            throw failed;
        }
    }

    List<Dial> dials() {
        return List.copyOf(dials);
    }

    List<PeerAddress> dialled() {
        return dials.stream().map(Dial::address).toList();
    }

    List<DialFailedException.Cause> failures() {
        return failures.stream().map(DialFailedException::reason).toList();
    }

    /** Waits until so many dials have begun, and all of them and what follows from them is over. */
    void awaitDials(int count) {
        Await.until(() -> count + " dials; so far: " + dials, () -> dials.size() >= count);
        dials.forEach(dial -> Await.until("the end of " + dial, () -> !dial.thread.isAlive()));
    }

    @Override
    public Stack stack() {
        return transport.stack();
    }

    @Override
    public PeerEndpoint listen(PeerEndpoint endpoint) throws IOException {
        return transport.listen(endpoint);
    }

    @Override
    public Optional<PeerId> ownPeerId() {
        return transport.ownPeerId();
    }

    @Override
    public void stopListening() {
        transport.stopListening();
    }

    @Override
    public void stopAccepting() {
        transport.stopAccepting();
    }

    @Override
    public void close() {
        transport.close();
    }
}
