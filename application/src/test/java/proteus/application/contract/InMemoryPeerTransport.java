package proteus.application.contract;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import proteus.application.contract.InMemoryDial.Heard;
import proteus.application.contract.InMemoryNetwork.Endpoint;
import proteus.application.port.Carrier;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerTransport;
import proteus.application.port.Stack;
import proteus.application.port.TaskScheduler;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerMessage;

/**
 * The legacy stack within the process: the same handshake in the same order, without sockets or bytes. It can pass for
 * another stack, whose listeners it then does not understand.
 *
 * <p>A listener's gate is asked on a virtual thread of the transport's own, as a real one would be; the dialler waits
 * meanwhile. The listener's gate is told of a connection before the dialler judges, so the order never varies. There
 * are no limits on half-open connections.
 */
public final class InMemoryPeerTransport implements PeerTransport {

    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(4);
    private static final int OUTBOUND_BYTES = 32 << 20;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final InMemoryNetwork network;
    private final IpAddress host;
    private final PeerGate gate;
    private final TaskScheduler clock;
    private final Duration handshakeTimeout;
    private final int outboundBytes;
    private final Carrier carrier;
    private final Set<InMemoryPeerConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<InMemoryDial> dials = ConcurrentHashMap.newKeySet();
    private final Set<Thread> handshakes = ConcurrentHashMap.newKeySet();
    private final Object closing = new Object();
    private volatile boolean stopped;
    private volatile boolean closed;

    /**
     * A node's part in {@code network}, with a handshake time-out of 4 s and outbound queues of 32 MiB.
     *
     * @param host the node's only address; nodes may share one
     * @param clock says when handshakes were done, and times them out
     */
    public InMemoryPeerTransport(InMemoryNetwork network, IpAddress host, PeerGate gate, TaskScheduler clock) {
        this(network, host, gate, clock, HANDSHAKE_TIMEOUT, OUTBOUND_BYTES);
    }

    /** The same, but what it speaks passes for {@code carrier}. */
    public InMemoryPeerTransport(
            InMemoryNetwork network, IpAddress host, PeerGate gate, TaskScheduler clock, Carrier carrier) {
        this(network, host, gate, clock, HANDSHAKE_TIMEOUT, OUTBOUND_BYTES, carrier);
    }

    /** The same with another time-out for each step of a dial, and another bound on what waits for one peer. */
    public InMemoryPeerTransport(
            InMemoryNetwork network,
            IpAddress host,
            PeerGate gate,
            TaskScheduler clock,
            Duration handshakeTimeout,
            int outboundBytes) {
        this(network, host, gate, clock, handshakeTimeout, outboundBytes, Carrier.LEGACY_TCP);
    }

    private InMemoryPeerTransport(
            InMemoryNetwork network,
            IpAddress host,
            PeerGate gate,
            TaskScheduler clock,
            Duration handshakeTimeout,
            int outboundBytes,
            Carrier carrier) {
        this.carrier = carrier;
        this.network = network;
        this.host = host.canonical();
        this.gate = gate;
        this.clock = clock;
        this.handshakeTimeout = handshakeTimeout;
        this.outboundBytes = outboundBytes;
    }

    @Override
    public Stack stack() {
        return carrier.stack();
    }

    /** How many connections are not over. */
    public int connections() {
        return connections.size();
    }

    @Override
    public PeerEndpoint listen(PeerEndpoint endpoint) throws IOException {
        return endpoint.withPort(listen(endpoint.address()).port());
    }

    /** The same at an address of its carrier. */
    public PeerAddress listen(PeerAddress address) throws IOException {
        if (stopped) {
            throw new IOException("cannot listen on " + address + ": stopped");
        }
        PeerAddress bound = network.bind(address, host, this);
        if (stopped) {
            network.release(this);
        }
        return bound;
    }

    @Override
    public PeerConnection dial(PeerEndpoint endpoint) throws DialFailedException, InterruptedException {
        return dial(endpoint.address());
    }

    /** The same at an address of its carrier. */
    public PeerConnection dial(PeerAddress address) throws DialFailedException, InterruptedException {
        if (stopped) {
            throw new DialFailedException(new Cause.Stopped());
        }
        PeerAddress peer = address.canonical();
        Endpoint endpoint = network.at(peer);
        if (endpoint instanceof Endpoint.Nobody) {
            throw new DialFailedException(new Cause.Unreachable("nobody listens at " + peer));
        }
        InMemoryDial dial = new InMemoryDial(network.source(host), peer, gate.ownHandshake(), clock, outboundBytes);
        dials.add(dial);
        try {
            connect(dial, endpoint);
            return shake(dial);
        } catch (DialFailedException failed) {
            throw closed ? new DialFailedException(new Cause.Stopped()) : failed;
        } finally {
            dials.remove(dial);
            dial.hangUp();
        }
    }

    private void connect(InMemoryDial dial, Endpoint endpoint) {
        if (closed) {
            dial.tell(new Heard.Stopped());
        }
        switch (endpoint) {
            case Endpoint.Listening(var listener)
            when listener.stack() != stack() -> dial.tell(new Heard.Ended("the first bytes of " + listener.stack()));
            case Endpoint.Listening(var listener) -> listener.accept(dial);
            case Endpoint.OtherProtocol() -> dial.tell(new Heard.Ended("not a frame"));
            case Endpoint.Silent() -> {}
            case Endpoint.Nobody() -> throw new IllegalStateException("nobody at " + dial.target());
        }
    }

    private PeerConnection shake(InMemoryDial dial) throws DialFailedException, InterruptedException {
        HandshakeData own = dial.request();
        HandshakeData theirs = awaitResponse(dial);
        if (!own.network().equals(theirs.network())) {
            throw new DialFailedException(
                    new Cause.RefusedByUs("it is of network " + theirs.network().id()));
        }
        InMemoryPeerConnection connection = awaitStatus(dial);
        boolean done = false;
        try {
            judge(own, theirs, connection);
            PeerConnection handedOver = handOver(connection);
            done = true;
            return handedOver;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    private HandshakeData awaitResponse(InMemoryDial dial) throws DialFailedException, InterruptedException {
        Heard heard = dial.await(handshakeTimeout);
        if (heard instanceof Heard.Response(var theirs)) {
            return theirs;
        }
        throw new DialFailedException(causeOf(heard));
    }

    private InMemoryPeerConnection awaitStatus(InMemoryDial dial) throws DialFailedException, InterruptedException {
        Heard heard = dial.await(handshakeTimeout);
        if (heard instanceof Heard.Accepted(var connection)) {
            return connection;
        }
        throw new DialFailedException(causeOf(heard));
    }

    private Cause causeOf(Heard heard) {
        return switch (heard) {
            case Heard.Refused(var why) -> new Cause.RefusedByPeer(why);
            case Heard.Ended(var how) -> new Cause.NotThisProtocol(how);
            case Heard.TimedOut() -> new Cause.TimedOut("shaking hands: no message within " + handshakeTimeout);
            case Heard.Stopped() -> new Cause.Stopped();
            case Heard.Response _, Heard.Accepted _ -> throw new IllegalStateException("out of turn: " + heard);
        };
    }

    // The listener believes us connected by now: a dialler that refuses says good-bye, for it has no status to send.
    private void judge(HandshakeData own, HandshakeData theirs, InMemoryPeerConnection connection)
            throws DialFailedException {
        PeerAddress peer = connection.description().address();
        switch (gate.judge(own, theirs, remote(peer, Direction.OUTBOUND))) {
            case HandshakeVerdict.Accepted() -> {}
            case HandshakeVerdict.Refused(var reason) -> {
                sayGoodBye(connection);
                throw new DialFailedException(new Cause.RefusedByUs(reason));
            }
            case HandshakeVerdict.DifferentNetwork(var other) ->
                throw new DialFailedException(new Cause.RefusedByUs("it is of network " + other.id()));
        }
    }

    private PeerGate.Remote remote(PeerAddress peer, Direction direction) {
        return new PeerGate.Remote(peer, carrier, direction, PeerId.ofLegacy(peer));
    }

    private static void sayGoodBye(InMemoryPeerConnection connection) {
        try {
            connection.send(new PeerMessage.Bye());
        } catch (ConnectionClosedException itSaidSoFirst) {
            // Then nobody waits for a good-bye.
        }
    }

    private void accept(InMemoryDial dial) {
        if (stopped) {
            dial.tell(new Heard.Ended("connection closed"));
            return;
        }
        Thread thread = Thread.ofVirtual()
                .name("in-memory-handshake-" + dial.source())
                .unstarted(() -> {
                    try {
                        answer(dial);
                    } catch (RuntimeException | AssertionError failure) {
                        network.failed(failure);
                    } finally {
                        dial.tell(new Heard.Ended("connection closed"));
                        handshakes.remove(Thread.currentThread());
                    }
                });
        handshakes.add(thread);
        thread.start();
        if (closed) {
            thread.interrupt();
        }
    }

    private void answer(InMemoryDial dial) {
        if (!gate.admits(dial.source().ip())) {
            return;
        }
        // Own data goes out before theirs is looked at, as upstream does it.
        HandshakeData own = gate.ownHandshake();
        Instant ownTime = own.timestamp().toInstant().orElseGet(clock::instant);
        if (!dial.tell(new Heard.Response(own))) {
            return;
        }
        switch (gate.judge(own, dial.request(), remote(dial.source(), Direction.INBOUND))) {
            case HandshakeVerdict.DifferentNetwork _ -> {}
            case HandshakeVerdict.Refused(var reason) -> dial.tell(new Heard.Refused(reason));
            case HandshakeVerdict.Accepted() -> establish(dial, own, ownTime);
        }
    }

    private void establish(InMemoryDial dial, HandshakeData own, Instant ownTime) {
        if (closed || dial.isOver()) {
            return;
        }
        PeerAddress from = dial.source();
        PeerAddress to = dial.target();
        InMemoryPeerConnection dialled = InMemoryPeerConnection.nearEnd(
                new Description(
                        carrier, Direction.OUTBOUND, to, PeerId.ofLegacy(to), own, dial.requestTime(), dial.now()),
                dial.outboundBytes(),
                new Description(
                        carrier,
                        Direction.INBOUND,
                        from,
                        PeerId.ofLegacy(from),
                        dial.request(),
                        ownTime,
                        clock.instant()),
                outboundBytes);
        handOver(dialled.peer());
        if (!dial.tell(new Heard.Accepted(dialled))) {
            dialled.close();
        }
    }

    private PeerConnection handOver(InMemoryPeerConnection connection) {
        connections.add(connection);
        connection.whenOver(() -> connections.remove(connection));
        PeerConnection handedOver = network.handedOver(connection);
        gate.connected(handedOver);
        if (closed) {
            connection.close();
        }
        return handedOver;
    }

    @Override
    public void stopAccepting() {
        stopped = true;
        network.release(this);
    }

    @Override
    public void close() {
        stopAccepting();
        synchronized (closing) {
            if (closed) {
                return;
            }
            closed = true;
            Set<InMemoryPeerConnection> ending = Set.copyOf(connections);
            ending.forEach(PeerConnection::close);
            dials.forEach(dial -> dial.tell(new Heard.Stopped()));
            handshakes.forEach(Thread::interrupt);
            awaitEnd(ending);
        }
    }

    private void awaitEnd(Set<InMemoryPeerConnection> ending) {
        try {
            for (Thread thread : handshakes) {
                thread.join(CLOSE_PATIENCE);
            }
            for (InMemoryPeerConnection connection : ending) {
                connection.awaitEnd(CLOSE_PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
