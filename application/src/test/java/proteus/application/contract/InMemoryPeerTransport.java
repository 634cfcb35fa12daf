package proteus.application.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import proteus.application.contract.InMemoryDial.Heard;
import proteus.application.contract.InMemoryNetwork.Endpoint;
import proteus.application.port.Carrier;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.Direction;
import proteus.application.port.HeldDial;
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
 * libp2p: then each side has an id that it proves, both say who they are without waiting for the other, and a listener still
 * says why it refuses. The listeners of one stack do not understand the other.
 *
 * <p>A listener's gate is asked on a virtual thread of the transport's own, as a real one would be; the dialler waits
 * meanwhile. The listener's gate is told of a connection before the dialler judges, so the order never varies. There
 * are no limits on half-open connections.
 */
public final class InMemoryPeerTransport implements PeerTransport {

    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(4);
    private static final int ID_BYTES = 32;
    private static final int OUTBOUND_BYTES = 32 << 20;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final InMemoryNetwork network;
    private final IpAddress host;
    private final PeerGate gate;
    private final TaskScheduler clock;
    private final Duration handshakeTimeout;
    private final int outboundBytes;
    private final Carrier carrier;
    private final PeerId id;
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

    /** The same, but what it speaks passes for {@code carrier}; on libp2p its id is that of its host. */
    public InMemoryPeerTransport(
            InMemoryNetwork network, IpAddress host, PeerGate gate, TaskScheduler clock, Carrier carrier) {
        this(network, host, gate, clock, carrier, idOf(host));
    }

    /** The same with an id of its own, which nodes need that share a host. */
    public InMemoryPeerTransport(
            InMemoryNetwork network, IpAddress host, PeerGate gate, TaskScheduler clock, Carrier carrier, PeerId id) {
        this(network, host, gate, clock, HANDSHAKE_TIMEOUT, OUTBOUND_BYTES, carrier, id);
    }

    /** Whom a node at {@code host} proves to be on libp2p, unless it has another id. */
    public static PeerId idOf(IpAddress host) {
        byte[] key = ("in-memory " + host.canonical()).getBytes(StandardCharsets.US_ASCII);
        byte[] hash = new byte[2 + ID_BYTES];
        hash[0] = 0x12;
        hash[1] = ID_BYTES;
        System.arraycopy(sha256(key), 0, hash, 2, ID_BYTES);
        return PeerId.parse(hash).orElseThrow();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** The same with another time-out for each step of a dial, and another bound on what waits for one peer. */
    public InMemoryPeerTransport(
            InMemoryNetwork network,
            IpAddress host,
            PeerGate gate,
            TaskScheduler clock,
            Duration handshakeTimeout,
            int outboundBytes) {
        this(network, host, gate, clock, handshakeTimeout, outboundBytes, Carrier.LEGACY_TCP, idOf(host));
    }

    private InMemoryPeerTransport(
            InMemoryNetwork network,
            IpAddress host,
            PeerGate gate,
            TaskScheduler clock,
            Duration handshakeTimeout,
            int outboundBytes,
            Carrier carrier,
            PeerId id) {
        this.carrier = carrier;
        this.id = id;
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

    @Override
    public Optional<PeerId> ownPeerId() {
        return switch (stack()) {
            case LEGACY -> Optional.empty();
            case LIBP2P -> Optional.of(id);
        };
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
        Endpoint there = answering(endpoint);
        InMemoryDial dial = newDial(endpoint.address());
        HandshakeData own = gate.ownHandshake();
        dial.say(own);
        connect(dial, there);
        return rest(dial, own, Optional.empty(), gate);
    }

    /** The same at an address of its carrier. */
    public PeerConnection dial(PeerAddress address) throws DialFailedException, InterruptedException {
        return dial(new PeerEndpoint(address, carrier));
    }

    @Override
    public HeldDial hold(PeerEndpoint endpoint, PeerGate into) throws DialFailedException, InterruptedException {
        Endpoint there = answering(endpoint);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        InMemoryDial dial = newDial(endpoint.address());
        connect(dial, there);
        boolean done = false;
        try {
            Optional<HandshakeData> theirs = switch (stack()) {
                case LEGACY -> Optional.empty();
                case LIBP2P -> Optional.of(awaitResponse(dial));
            };
            PeerId peer = there instanceof Endpoint.Listening(var listener)
                    ? listener.idAt(dial.target())
                    : PeerId.ofLegacy(dial.target());
            done = true;
            return new InMemoryHeldDial(dial, theirs, peer, new Rest(this, into));
        } catch (DialFailedException failed) {
            throw closed ? new DialFailedException(new Cause.Stopped()) : failed;
        } finally {
            if (!done) {
                end(dial);
            }
        }
    }

    /** What is left of a dial that is held, for {@code into}. */
    private record Rest(InMemoryPeerTransport transport, PeerGate into) implements InMemoryHeldDial.Rest {

        @Override
        public PeerConnection shake(InMemoryDial dial, Optional<HandshakeData> theirs)
                throws DialFailedException, InterruptedException {
            if (transport.stopped) {
                transport.end(dial);
                throw new DialFailedException(new Cause.Stopped());
            }
            return transport.sayAndShake(dial, theirs, into);
        }

        @Override
        public void hangUp(InMemoryDial dial) {
            transport.end(dial);
        }
    }

    /** What answers at {@code endpoint}. */
    private Endpoint answering(PeerEndpoint endpoint) throws DialFailedException {
        if (stopped) {
            throw new DialFailedException(new Cause.Stopped());
        }
        Endpoint there = network.at(endpoint.address());
        if (there instanceof Endpoint.Nobody) {
            throw new DialFailedException(new Cause.PortClosed("nobody listens at " + endpoint.address()));
        }
        if (there instanceof Endpoint.Listening(var listener)
                && listener.stack() == Stack.LIBP2P
                && endpoint.expected().filter(id -> !id.equals(listener.id)).isPresent()) {
            throw new DialFailedException(new Cause.AnotherPeer(listener.id.toString()));
        }
        return there;
    }

    private InMemoryDial newDial(PeerAddress peer) {
        PeerAddress source = network.source(host);
        InMemoryDial dial = new InMemoryDial(source, idAt(source), peer, clock, outboundBytes);
        dials.add(dial);
        return dial;
    }

    private void end(InMemoryDial dial) {
        dials.remove(dial);
        dial.hangUp();
    }

    /** Who this node proves to be, or the stand-in for it at {@code address}. */
    private PeerId idAt(PeerAddress address) {
        return switch (stack()) {
            case LEGACY -> PeerId.ofLegacy(address);
            case LIBP2P -> id;
        };
    }

    private void connect(InMemoryDial dial, Endpoint endpoint) {
        if (closed) {
            dial.tell(new Heard.Stopped());
        }
        switch (endpoint) {
            case Endpoint.Listening(var listener)
            when listener.stack() != stack() ->
                dial.tell(new Heard.OtherProtocol("the first bytes of " + listener.stack()));
            case Endpoint.Listening(var listener) -> listener.accept(dial);
            case Endpoint.OtherProtocol() -> dial.tell(new Heard.OtherProtocol("not a frame"));
            case Endpoint.Silent() -> {}
            case Endpoint.Nobody() -> throw new IllegalStateException("nobody at " + dial.target());
        }
    }

    private PeerConnection sayAndShake(InMemoryDial dial, Optional<HandshakeData> heard, PeerGate into)
            throws DialFailedException, InterruptedException {
        HandshakeData own = into.ownHandshake();
        dial.say(own);
        return rest(dial, own, heard, into);
    }

    /** What follows when this node has said who it is. */
    private PeerConnection rest(InMemoryDial dial, HandshakeData own, Optional<HandshakeData> heard, PeerGate into)
            throws DialFailedException, InterruptedException {
        try {
            return shake(dial, own, heard.isPresent() ? heard.get() : awaitResponse(dial), into);
        } catch (DialFailedException failed) {
            throw closed ? new DialFailedException(new Cause.Stopped()) : failed;
        } finally {
            end(dial);
        }
    }

    private PeerConnection shake(InMemoryDial dial, HandshakeData own, HandshakeData theirs, PeerGate into)
            throws DialFailedException, InterruptedException {
        if (!own.network().equals(theirs.network())) {
            throw new DialFailedException(
                    new Cause.RefusedByUs("it is of network " + theirs.network().id()));
        }
        InMemoryPeerConnection connection = awaitStatus(dial);
        boolean done = false;
        try {
            judge(into, own, theirs, connection);
            PeerConnection handedOver = handOver(connection, into);
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
            case Heard.OtherProtocol(var how) -> new Cause.NotThisProtocol(how);
            case Heard.Ended(var how) ->
                switch (stack()) {
                    case LEGACY -> new Cause.NotThisProtocol(how);
                    case LIBP2P -> new Cause.ClosedByPeer(how);
                };
            case Heard.TimedOut() -> new Cause.TimedOut("shaking hands: no message within " + handshakeTimeout);
            case Heard.Stopped() -> new Cause.Stopped();
            case Heard.Response _, Heard.Accepted _ -> throw new IllegalStateException("out of turn: " + heard);
        };
    }

    // The listener believes us connected by now: a dialler that refuses says good-bye, for it has no status to send.
    private void judge(PeerGate by, HandshakeData own, HandshakeData theirs, InMemoryPeerConnection connection)
            throws DialFailedException {
        Description peer = connection.description();
        switch (by.judge(own, theirs, remote(peer.address(), Direction.OUTBOUND, peer.peerId()))) {
            case HandshakeVerdict.Accepted() -> {}
            case HandshakeVerdict.Refused(var reason) -> {
                sayGoodBye(connection);
                throw new DialFailedException(new Cause.RefusedByUs(reason));
            }
            case HandshakeVerdict.DifferentNetwork(var other) ->
                throw new DialFailedException(new Cause.RefusedByUs("it is of network " + other.id()));
        }
    }

    private PeerGate.Remote remote(PeerAddress peer, Direction direction, PeerId peerId) {
        return new PeerGate.Remote(peer, carrier, direction, peerId);
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
                    } catch (InterruptedException stopping) {
                        // The dialler is told below.
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

    private void answer(InMemoryDial dial) throws InterruptedException {
        if (!gate.admits(dial.source().ip())) {
            return;
        }
        // On the legacy stack who dials speaks first; on the other one both do at once.
        if (stack() == Stack.LEGACY
                && dial.awaitRequest(clock, handshakeTimeout).isEmpty()) {
            return;
        }
        // Own data goes out before theirs is looked at, as upstream does it.
        HandshakeData own = gate.ownHandshake();
        Instant ownTime = own.timestamp().toInstant().orElseGet(clock::instant);
        if (!dial.tell(new Heard.Response(own))) {
            return;
        }
        Optional<HandshakeData> request = dial.awaitRequest(clock, handshakeTimeout);
        if (request.isEmpty()) {
            return;
        }
        switch (gate.judge(own, request.get(), remote(dial.source(), Direction.INBOUND, dial.sourceId()))) {
            case HandshakeVerdict.DifferentNetwork _ -> {}
            case HandshakeVerdict.Refused(var reason) -> dial.tell(new Heard.Refused(reason));
            case HandshakeVerdict.Accepted() -> establish(dial, request.get(), own, ownTime);
        }
    }

    private void establish(InMemoryDial dial, HandshakeData request, HandshakeData own, Instant ownTime) {
        if (closed || dial.isOver()) {
            return;
        }
        PeerAddress to = dial.target();
        InMemoryPeerConnection dialled = InMemoryPeerConnection.nearEnd(
                new Description(carrier, Direction.OUTBOUND, to, idAt(to), own, dial.timeOf(request), dial.now()),
                dial.outboundBytes(),
                new Description(
                        carrier, Direction.INBOUND, dial.source(), dial.sourceId(), request, ownTime, clock.instant()),
                outboundBytes);
        handOver(dialled.peer(), gate);
        if (!dial.tell(new Heard.Accepted(dialled))) {
            dialled.close();
        }
    }

    private PeerConnection handOver(InMemoryPeerConnection connection, PeerGate to) {
        connections.add(connection);
        connection.whenOver(() -> connections.remove(connection));
        PeerConnection handedOver = network.handedOver(connection);
        to.connected(handedOver);
        if (closed) {
            connection.close();
        }
        return handedOver;
    }

    @Override
    public void stopAccepting() {
        stopped = true;
        stopListening();
    }

    @Override
    public void stopListening() {
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
