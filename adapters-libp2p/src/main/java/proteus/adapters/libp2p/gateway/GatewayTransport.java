package proteus.adapters.libp2p.gateway;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.Host;
import proteus.adapters.libp2p.engine.HostSettings;
import proteus.adapters.libp2p.engine.KeepAlive;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.event.EngineEvent;
import proteus.adapters.libp2p.engine.event.ProtocolEvent;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.MalformedKeyException;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.limits.ConnectionGate;
import proteus.adapters.libp2p.engine.limits.Direction;
import proteus.adapters.libp2p.engine.limits.GateRefusal;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.swarm.Swarm;
import proteus.adapters.libp2p.gateway.Gateway.Outcome;
import proteus.application.frame.FrameChannel;
import proteus.application.memory.InboundBudget;
import proteus.application.port.Carrier;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerTransport;
import proteus.application.port.Stack;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/**
 * The libp2p stack: sessions over gateway streams, on TCP and on QUIC.
 *
 * <p>A peer has one session at most, whatever connections it makes. Handshakes run on virtual threads, everything below on
 * the event loops of a libp2p host.
 */
public final class GatewayTransport implements PeerTransport {

    private static final System.Logger LOG = System.getLogger(GatewayTransport.class.getName());
    private static final Duration LISTEN_PATIENCE = Duration.ofSeconds(10);
    private static final Duration CLOSE_PATIENCE = FrameChannel.CLOSE_PATIENCE.plusMillis(500);
    private static final String SECOND = "has a session over another connection";

    private final GatewaySettings settings;
    private final InboundBudget budget;
    private final PeerGate gate;
    private final InstantSource clock;
    private final Host host;
    private final Means means = new Means();
    /** By the number of the connection. */
    private final Map<Long, Gateway> gateways = new ConcurrentHashMap<>();

    private final Map<PeerId, GatewayConnection> sessions = new ConcurrentHashMap<>();
    private final Set<Thread> handshakes = ConcurrentHashMap.newKeySet();
    private final Object closing = new Object();
    private volatile boolean stopped;
    private volatile boolean closed;

    /**
     * A transport that does nothing yet.
     *
     * @param identity who the node proves to be
     * @param budget bounds what inbound frames take, together with other transports
     * @param gate is asked about peers and told of connections
     * @param quota counts what network addresses take, together with other transports
     * @param clock says when handshakes were done
     */
    public GatewayTransport(
            GatewaySettings settings,
            Identity identity,
            InboundBudget budget,
            PeerGate gate,
            EngineSourceQuota quota,
            InstantSource clock) {
        this.settings = settings;
        this.budget = budget;
        this.gate = gate;
        this.clock = clock;
        host = Swarm.start(HostSettings.builder(identity)
                .protocolVersion(settings.protocolVersion())
                .agentVersion(settings.agentVersion())
                .announced(new AnnouncedAddresses(settings.publicIps().stream()
                        .map(GatewayTransport::inet)
                        .toList()))
                .limits(settings.limits())
                .sharedSources(quota.limits())
                .gate(new Doors())
                .listener(this::on)
                .timeouts(HostSettings.Timeouts.STANDARD.withIdle(settings.idle()))
                .eventLoopThreads(settings.eventLoops())
                .clock(InstantSource.system())
                .random(new SecureRandom())
                .build());
        for (String id : GatewayProtocol.ids()) {
            host.handle(id, this::offered, KeepAlive.YES);
        }
    }

    /** Who may connect, as far as that is known on an event loop. */
    private final class Doors implements ConnectionGate {

        @Override
        public Optional<GateRefusal> atAccept(SocketAddress remote) {
            IpAddress ip = IpAddress.of(
                            ((InetSocketAddress) remote).getAddress().getAddress())
                    .canonical();
            return gate.isBanned(ip) ? Optional.of(new GateRefusal("banned")) : Optional.empty();
        }

        @Override
        public Optional<GateRefusal> afterSecurity(PeerId peer, SocketAddress remote, Direction direction) {
            if (peer.equals(host.peerId())) {
                return Optional.of(new GateRefusal("this node itself"));
            }
            return sessions.containsKey(peer) ? Optional.of(new GateRefusal(SECOND)) : Optional.empty();
        }
    }

    /** What a gateway asks of its transport. */
    private final class Means implements Gateway.Means {

        @Override
        public GatewaySettings settings() {
            return settings;
        }

        @Override
        public PeerId ownId() {
            return host.peerId();
        }

        @Override
        public PeerGate gate() {
            return gate;
        }

        @Override
        public Instant now() {
            return clock.instant();
        }

        @Override
        public FrameChannel frames(Stream stream, GatewayProtocol protocol, PeerEndpoint peer) {
            return new FrameChannel(
                    new StreamLink(stream.channel(), peer.address()),
                    protocol.encoding(),
                    budget,
                    settings.outboundBytes());
        }

        @Override
        public Optional<Cause> handOver(GatewayConnection connection) {
            return GatewayTransport.this.handOver(connection);
        }
    }

    @Override
    public Stack stack() {
        return Stack.LIBP2P;
    }

    @Override
    public Optional<proteus.domain.peer.PeerId> ownPeerId() {
        return proteus.domain.peer.PeerId.parse(host.peerId().bytes());
    }

    /** Who it proves to be. */
    PeerId id() {
        return host.peerId();
    }

    /** How many connections it keeps account of. */
    int gateways() {
        return gateways.size();
    }

    @Override
    public PeerEndpoint listen(PeerEndpoint endpoint) throws IOException {
        if (stopped) {
            throw new IOException("cannot listen on " + endpoint.address() + ": stopped");
        }
        Future<Multiaddr> listening = host.listen(multiaddr(endpoint));
        try {
            Multiaddr bound = listening.get(LISTEN_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return endpoint.withPort(
                    bound.tcpAddress().or(bound::quicAddress).orElseThrow().getPort());
        } catch (ExecutionException failed) {
            @Nullable Throwable cause = failed.getCause();
            throw new IOException(
                    "cannot listen on " + endpoint.address() + ": " + (cause == null ? failed : cause).getMessage(),
                    failed);
        } catch (TimeoutException late) {
            throw new IOException("cannot listen on " + endpoint.address() + ": not done in time", late);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IOException("cannot listen on " + endpoint.address() + ": interrupted", hurried);
        }
    }

    private static Multiaddr multiaddr(PeerEndpoint endpoint) {
        InetSocketAddress address = new InetSocketAddress(
                inet(endpoint.address().ip()), endpoint.address().port());
        Multiaddr bare = switch (endpoint.carrier()) {
            case LIBP2P_TCP -> Multiaddr.ofTcp(address);
            case LIBP2P_QUIC -> Multiaddr.ofQuic(address);
            case LEGACY_TCP -> throw new IllegalArgumentException("not of the libp2p stack: " + endpoint);
        };
        return endpoint.expected()
                .map(GatewayTransport::id)
                .map(bare::withPeerId)
                .orElse(bare);
    }

    private static PeerId id(proteus.domain.peer.PeerId id) {
        try {
            return PeerId.fromBytes(id.toBytes());
        } catch (MalformedKeyException impossible) {
            throw new IllegalStateException("what is a peer id there is one here", impossible);
        }
    }

    private static InetAddress inet(IpAddress ip) {
        try {
            return InetAddress.getByAddress(ip.toBytes());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 bytes are always an address", impossible);
        }
    }

    @Override
    public PeerConnection dial(PeerEndpoint endpoint) throws DialFailedException, InterruptedException {
        Multiaddr address = multiaddr(endpoint);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (stopped) {
            throw new DialFailedException(new Cause.Stopped());
        }
        io.netty.util.concurrent.Future<Connection> dialling = host.dial(List.of(address));
        boolean done = false;
        try {
            Connection dialled = dialling.get();
            PeerConnection connection = connection(gateway(dialled).outcome().get());
            forgetAtEnd(dialled);
            done = true;
            return connection;
        } catch (ExecutionException failed) {
            Cause cause = closed ? new Cause.Stopped() : DialCauses.of(failed);
            LOG.log(Level.DEBUG, "peer {0}: dial failed: {1}", endpoint, cause.text());
            throw new DialFailedException(cause);
        } finally {
            if (!done) {
                giveUp(dialling);
            }
        }
    }

    private PeerConnection connection(Outcome outcome) throws DialFailedException {
        return switch (outcome) {
            case Outcome.Connected(var connection) -> connection;
            case Outcome.Failed(var cause, var _) ->
                throw new DialFailedException(closed ? new Cause.Stopped() : cause);
        };
    }

    private void giveUp(io.netty.util.concurrent.Future<Connection> dialling) {
        dialling.cancel(false);
        dialling.addListener(dialled -> {
            if (dialled.isSuccess()) {
                gateway(dialling.getNow()).giveUp();
                forgetAtEnd(dialling.getNow());
            }
        });
    }

    /** What came of a dial is known; its gateway is still there to see that no second stream comes. */
    private void forgetAtEnd(Connection dialled) {
        dialled.closed().addListener(_ -> gateways.remove(dialled.id()));
    }

    private void on(EngineEvent event) {
        switch (event) {
            case ConnectionEvent.Established established ->
                host.connection(established.connection()).ifPresent(this::established);
            case ConnectionEvent.Closed ended -> {
                // Of a connection that this node dialled the dial has yet to learn what came of it.
                if (ended.info().direction() == Direction.INBOUND) {
                    gateways.remove(ended.connection());
                }
            }
            case ProtocolEvent.Identified said ->
                host.connection(said.connection()).ifPresent(connection -> identified(connection, said));
            default -> {}
        }
    }

    private void established(Connection connection) {
        Gateway gateway = gateway(connection).begins();
        Thread thread = Thread.ofVirtual()
                .name("gateway-" + connection.remoteAddress())
                .unstarted(() -> {
                    try {
                        gateway.run();
                    } finally {
                        handshakes.remove(Thread.currentThread());
                    }
                });
        handshakes.add(thread);
        thread.start();
        if (closed) {
            thread.interrupt();
        }
    }

    private Gateway gateway(Connection connection) {
        return gateways.computeIfAbsent(connection.id(), _ -> new Gateway(means, connection, endpoint(connection)));
    }

    private static PeerEndpoint endpoint(Connection connection) {
        Optional<InetSocketAddress> tcp = connection.remoteAddress().tcpAddress();
        InetSocketAddress socket =
                tcp.or(connection.remoteAddress()::quicAddress).orElseThrow();
        return new PeerEndpoint(
                new PeerAddress(IpAddress.of(socket.getAddress().getAddress()), socket.getPort()),
                tcp.isPresent() ? Carrier.LIBP2P_TCP : Carrier.LIBP2P_QUIC);
    }

    private void offered(Stream stream) {
        Optional.ofNullable(gateways.get(stream.connection().id()))
                .ifPresentOrElse(gateway -> gateway.offered(stream), stream::reset);
    }

    private void identified(Connection connection, ProtocolEvent.Identified said) {
        String theirs = said.protocolVersion();
        // What is pushed may be what has changed alone.
        boolean saysNothing = said.pushed() && theirs.isEmpty();
        if (!saysNothing && !theirs.equals(settings.protocolVersion())) {
            LOG.log(
                    Level.DEBUG,
                    "peer {0}: speaks {1} where this node speaks {2}, closing",
                    connection.remoteAddress(),
                    theirs,
                    settings.protocolVersion());
            var _ = connection.close();
        }
    }

    private Optional<Cause> handOver(GatewayConnection connection) {
        PeerId peer = id(connection.description().peerId());
        if (closed || sessions.putIfAbsent(peer, connection) != null) {
            connection.close();
            return Optional.of(closed ? new Cause.Stopped() : new Cause.RefusedByUs(SECOND));
        }
        connection.over().addListener(_ -> sessions.remove(peer, connection));
        LOG.log(
                Level.DEBUG,
                "peer {0}: connected, {1}, version {2}",
                connection.description().endpoint(),
                connection.description().direction(),
                connection.description().handshake().version());
        gate.connected(connection);
        if (closed) {
            connection.close();
        }
        return Optional.empty();
    }

    @Override
    public void stopAccepting() {
        stopped = true;
        host.stopListening().awaitUninterruptibly();
    }

    @Override
    public void close() {
        stopAccepting();
        synchronized (closing) {
            if (closed) {
                return;
            }
            closed = true;
            List<GatewayConnection> ending = List.copyOf(sessions.values());
            ending.forEach(GatewayConnection::close);
            handshakes.forEach(Thread::interrupt);
            awaitEnd(ending);
            host.close();
        }
    }

    private void awaitEnd(List<GatewayConnection> ending) {
        long deadline = System.nanoTime() + CLOSE_PATIENCE.toNanos();
        boolean interrupted = false;
        for (Thread thread : handshakes) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            } catch (InterruptedException hurried) {
                interrupted = true;
            }
        }
        for (GatewayConnection connection : ending) {
            connection.over().awaitUninterruptibly(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
