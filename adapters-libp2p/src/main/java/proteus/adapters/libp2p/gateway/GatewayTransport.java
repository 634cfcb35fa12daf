package proteus.adapters.libp2p.gateway;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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
import proteus.adapters.libp2p.engine.event.EngineListener;
import proteus.adapters.libp2p.engine.event.ProtocolEvent;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.limits.Direction;
import proteus.adapters.libp2p.engine.limits.ResourceUsage;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.swarm.Swarm;
import proteus.application.frame.FrameChannel;
import proteus.application.memory.InboundBudget;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.HeldDial;
import proteus.application.port.Measurement;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerTransport;
import proteus.application.port.Stack;

/**
 * The libp2p stack: sessions over gateway streams, on TCP and on QUIC; among Proteus nodes, over streams of their own.
 *
 * <p>A peer has one session at most, whatever connections it makes. Handshakes run on virtual threads, everything below on
 * the event loops of a libp2p host.
 */
public final class GatewayTransport implements PeerTransport {

    private static final System.Logger LOG = System.getLogger(GatewayTransport.class.getName());
    private static final Duration LISTEN_PATIENCE = Duration.ofSeconds(10);
    private static final Duration CLOSE_PATIENCE = FrameChannel.CLOSE_PATIENCE.plusMillis(500);

    private final GatewaySettings settings;
    private final InboundBudget budget;
    private final PeerGate gate;
    private final InstantSource clock;
    private final EngineInstrument instrument = new EngineInstrument(this::usage);
    private final SessionProtocols protocols;
    private final Host host;
    private final Gateways gateways = new Gateways(new Means());
    private final Sessions sessions = new Sessions();
    private final GatewayDials dials;
    private final Object listening = new Object();
    private final Object closing = new Object();
    private volatile boolean stopped;
    private boolean closed;

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
        this.protocols = SessionProtocols.of(settings);
        this.budget = budget;
        this.gate = gate;
        this.clock = clock;
        host = Swarm.start(HostSettings.builder(identity)
                .protocolVersion(settings.protocolVersion())
                .agentVersion(settings.agentVersion())
                .announced(new AnnouncedAddresses(
                        settings.publicIps().stream().map(Endpoints::inet).toList(), HostInterfaces.ofThisHost(clock)))
                .limits(settings.limits())
                .sharedSources(quota.limits())
                .gate(new Doors(gate, identity.peerId(), sessions))
                .listener(EngineListener.combined(List.of(instrument, this::on)))
                .timeouts(HostSettings.Timeouts.STANDARD.withIdle(settings.idle()))
                .eventLoopThreads(settings.eventLoops())
                .clock(InstantSource.system())
                .random(new SecureRandom())
                .build());
        dials = new GatewayDials(host, gateways);
        for (String id : protocols.ids()) {
            host.handle(id, gateways::offered, KeepAlive.YES);
        }
    }

    private ResourceUsage usage() {
        return host.usage();
    }

    @Override
    public List<Measurement> measurements() {
        return instrument.measurements();
    }

    /** What a gateway asks of its transport. */
    private final class Means implements GatewayMeans {

        @Override
        public GatewaySettings settings() {
            return settings;
        }

        @Override
        public SessionProtocols protocols() {
            return protocols;
        }

        @Override
        public PeerId ownId() {
            return host.peerId();
        }

        @Override
        public Instant now() {
            return clock.instant();
        }

        @Override
        public FrameChannel frames(Stream stream, SessionProtocol protocol, PeerEndpoint peer) {
            return new FrameChannel(
                    new StreamLink(stream.channel(), peer.address()),
                    protocol.encoding(),
                    budget,
                    settings.outboundBytes());
        }

        @Override
        public Optional<Cause> handOver(GatewayConnection connection, PeerGate into) {
            return sessions.handOver(connection, into);
        }
    }

    @Override
    public Stack stack() {
        return Stack.LIBP2P;
    }

    @Override
    public Optional<proteus.domain.peer.PeerId> ownPeerId() {
        return Optional.of(Endpoints.id(host.peerId()));
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
        synchronized (listening) {
            if (stopped) {
                throw new IOException("cannot listen on " + endpoint.address() + ": stopped");
            }
            return bind(endpoint);
        }
    }

    private PeerEndpoint bind(PeerEndpoint endpoint) throws IOException {
        Future<Multiaddr> listening = host.listen(Endpoints.multiaddr(endpoint));
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

    @Override
    public PeerConnection dial(PeerEndpoint endpoint) throws DialFailedException, InterruptedException {
        return dials.dial(endpoint, gate);
    }

    @Override
    public HeldDial hold(PeerEndpoint endpoint, PeerGate into) throws DialFailedException, InterruptedException {
        return dials.hold(endpoint, into);
    }

    private void on(EngineEvent event) {
        switch (event) {
            case ConnectionEvent.Established established ->
                host.connection(established.connection()).ifPresent(this::established);
            case ConnectionEvent.Closed ended -> {
                // Of a connection that this node dialled the dial has yet to learn what came of it.
                if (ended.info().direction() == Direction.INBOUND) {
                    gateways.forget(ended.connection());
                }
            }
            case ProtocolEvent.Identified said ->
                host.connection(said.connection()).ifPresent(connection -> identified(connection, said));
            default -> {}
        }
    }

    /** Who has dialled begins the handshake itself, and until then only streams are waited for. */
    private void established(Connection connection) {
        Gateway gateway = gateways.of(connection);
        switch (connection.role()) {
            case LISTENER -> gateways.begin(gateway, gate, Gateway.Turn.AT_ONCE);
            case DIALLER -> {}
        }
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
            gateways.of(connection).refuse("it speaks " + theirs);
            var _ = connection.close();
        }
    }

    @Override
    public void stopAccepting() {
        dials.stop();
        stopped = true;
        stopListening();
    }

    @Override
    public void stopListening() {
        synchronized (listening) {
            host.stopListening().awaitUninterruptibly();
        }
    }

    @Override
    public void close() {
        stopAccepting();
        synchronized (closing) {
            if (closed) {
                return;
            }
            closed = true;
            dials.close();
            List<GatewayConnection> ending = sessions.close();
            gateways.stop();
            awaitEnd(ending);
            host.close();
        }
    }

    private void awaitEnd(List<GatewayConnection> ending) {
        long deadline = System.nanoTime() + CLOSE_PATIENCE.toNanos();
        gateways.awaitEnd(deadline);
        for (GatewayConnection connection : ending) {
            connection.over().awaitUninterruptibly(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }
}
