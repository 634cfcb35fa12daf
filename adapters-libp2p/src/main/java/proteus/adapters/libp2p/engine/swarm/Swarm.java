package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.Host;
import proteus.adapters.libp2p.engine.HostSettings;
import proteus.adapters.libp2p.engine.KeepAlive;
import proteus.adapters.libp2p.engine.Security;
import proteus.adapters.libp2p.engine.StreamHandler;
import proteus.adapters.libp2p.engine.event.EngineListener;
import proteus.adapters.libp2p.engine.event.FailureReason;
import proteus.adapters.libp2p.engine.event.GuardedListener;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.limits.ResourceUsage;
import proteus.adapters.libp2p.engine.limits.SourceLimits;
import proteus.adapters.libp2p.engine.limits.SystemScope;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.security.noise.NoiseProtocol;
import proteus.adapters.libp2p.engine.security.tls.TlsProtocol;
import proteus.adapters.libp2p.engine.transport.quic.QuicSockets;
import proteus.adapters.libp2p.engine.transport.quic.QuicTransport;
import proteus.adapters.libp2p.engine.transport.tcp.TcpTransport;
import proteus.adapters.libp2p.engine.upgrade.SecurityProtocol;
import proteus.adapters.libp2p.engine.yamux.YamuxHandler;

/** A {@link Host} on Netty's NIO event loops, and on those of epoll for QUIC where there are such. */
public final class Swarm implements Host {

    private static final System.Logger LOG = System.getLogger(Swarm.class.getName());
    private static final List<String> MUXERS = List.of(YamuxHandler.PROTOCOL);
    private static final long CLOSE_SECONDS = 5;
    private static final long PUSH_DELAY_MILLIS = 100;

    private final HostSettings settings;
    private final EventLoopGroup group;
    private final EventLoopGroup quicGroup;
    private final ProtocolTable protocols = new ProtocolTable();
    private final BuiltInProtocols builtIn;
    private final SystemScope scopes;
    private final Admission admission;
    private final ConnectionTable connections;
    private final List<Carrier> carriers;
    private final Listeners listeners = new Listeners(this::changed);
    private final Set<Future<Connection>> dials = ConcurrentHashMap.newKeySet();
    private final Promise<Void> over = GlobalEventExecutor.INSTANCE.newPromise();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean pushing = new AtomicBoolean();

    private Swarm(HostSettings settings) {
        this.settings = settings;
        this.group = new MultiThreadIoEventLoopGroup(
                settings.eventLoopThreads(), new DefaultThreadFactory("libp2p", true), NioIoHandler.newFactory());
        this.quicGroup = Epoll.isAvailable()
                ? new MultiThreadIoEventLoopGroup(
                        settings.eventLoopThreads(),
                        new DefaultThreadFactory("libp2p-quic", true),
                        EpollIoHandler.newFactory())
                : group;
        EngineListener events = new GuardedListener(settings.listener(), LOG);
        this.scopes = new SystemScope(settings.limits());
        this.admission = new Admission(
                scopes,
                settings.sharedSources()
                        .orElseGet(() -> new SourceLimits(settings.sources(), settings.clock(), settings.random())),
                settings.gate(),
                events);
        StreamSettings streams = new StreamSettings(
                settings.multistream(),
                settings.timeouts().negotiation(),
                settings.maxNegotiating(),
                settings.timeouts().idle());
        this.builtIn = new BuiltInProtocols(settings, protocols, this::listenAddresses);
        this.connections = new ConnectionTable(builtIn::identify);
        Establisher establisher = new Establisher(protocols, streams, connections);
        this.carriers = List.of(tcp(establisher), quic(establisher));
        builtIn.serve();
    }

    /**
     * Starts a host that listens nowhere yet.
     *
     * @return the host; the caller closes it
     */
    public static Host start(HostSettings settings) {
        return new Swarm(settings);
    }

    private Carrier tcp(Establisher establisher) {
        Map<String, SecurityProtocol> security = new LinkedHashMap<>();
        settings.security().forEach(chosen -> security.put(chosen.id(), security(chosen)));
        UpgradeHandler.Means means = new UpgradeHandler.Means(
                security, MUXERS, settings.multistream(), settings.timeouts().upgrade());
        TcpTransport transport = new TcpTransport(settings.tcp(), group);
        return new TcpCarrier(transport, group, means, settings.yamux(), establisher, admission);
    }

    private Carrier quic(Establisher establisher) {
        QuicSockets sockets = quicGroup.equals(group) ? QuicSockets.nio() : QuicSockets.epoll();
        QuicTransport transport = new QuicTransport(
                settings.quic(), settings.identity(), quicGroup, sockets, settings.clock(), settings.random());
        QuicUpkeep upkeep = new QuicUpkeep(settings.quic().idleTimeout().dividedBy(3), settings.random());
        return new QuicCarrier(transport, establisher, admission, upkeep, settings.clock());
    }

    private SecurityProtocol security(Security chosen) {
        List<String> early = settings.earlyMuxer() ? MUXERS : List.of();
        return switch (chosen) {
            case TLS -> new TlsProtocol(settings.identity(), early, settings.clock(), settings.random());
            case NOISE -> new NoiseProtocol(settings.identity(), early, settings.random());
        };
    }

    @Override
    public PeerId peerId() {
        return settings.identity().peerId();
    }

    @Override
    public Future<Multiaddr> listen(Multiaddr address) {
        Optional<Carrier> carrier = carrierOf(address);
        if (carrier.isEmpty()) {
            return GlobalEventExecutor.INSTANCE.newFailedFuture(
                    new IllegalArgumentException("no transport of this host listens at " + address));
        }
        if (stopping.get()) {
            return GlobalEventExecutor.INSTANCE.newFailedFuture(new IllegalStateException("the host listens no more"));
        }
        return listeners.listen(carrier.get(), address);
    }

    @Override
    public Future<Void> stopListening() {
        return listeners.stop();
    }

    private Optional<Carrier> carrierOf(Multiaddr address) {
        return carriers.stream().filter(carrier -> carrier.carries(address)).findFirst();
    }

    @Override
    public List<Multiaddr> listenAddresses() {
        return listeners.addresses();
    }

    @Override
    public Future<Connection> dial(List<Multiaddr> addresses) {
        Optional<PeerId> expected = expected(addresses);
        Dial dial = new Dial(
                group.next(),
                addresses,
                settings.dialConcurrency(),
                (address, attempt) -> begin(address, expected, attempt));
        Future<Connection> dialled = dial.start();
        dials.add(dialled);
        dialled.addListener(_ -> dials.remove(dialled));
        if (stopping.get()) {
            var _ = dialled.cancel(false);
        }
        return dialled;
    }

    private Dial.Abort begin(Multiaddr address, Optional<PeerId> expected, Dial.Attempt attempt) {
        Multiaddr bare = address.withoutPeerId();
        Optional<Carrier> carrier = carrierOf(bare);
        if (carrier.isEmpty()) {
            attempt.failed(
                    new RefusedException(FailureReason.UNSUPPORTED_ADDRESS, "no transport of this host dials it"));
            return () -> {};
        }
        try {
            return carrier.get().dial(admission.dial(bare), expected, attempt);
        } catch (RefusedException refused) {
            attempt.failed(refused);
            return () -> {};
        }
    }

    private static Optional<PeerId> expected(List<Multiaddr> addresses) {
        List<PeerId> named = addresses.stream()
                .flatMap(address -> address.peerId().stream())
                .distinct()
                .toList();
        if (named.size() > 1) {
            throw new IllegalArgumentException("addresses of several peers: " + named);
        }
        return named.stream().findFirst();
    }

    @Override
    public void handle(String protocol, StreamHandler handler, KeepAlive keepAlive) {
        protocols.put(protocol, handler, keepAlive);
        changed();
    }

    @Override
    public void stopHandling(String protocol) {
        protocols.remove(protocol);
        changed();
    }

    /** Peers are told what this host is now, once for changes that come together. */
    private void changed() {
        if (!stopping.get() && pushing.compareAndSet(false, true)) {
            var _ = group.next().schedule(this::pushToAll, PUSH_DELAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void pushToAll() {
        pushing.set(false);
        connections.all().forEach(builtIn::push);
    }

    @Override
    public List<String> protocols() {
        return protocols.ids();
    }

    @Override
    public List<Connection> connections() {
        return List.copyOf(connections.all());
    }

    @Override
    public List<Connection> connections(PeerId peer) {
        return connections.with(peer);
    }

    @Override
    public Optional<Connection> connection(long id) {
        return connections.find(id);
    }

    @Override
    public ResourceUsage usage() {
        return scopes.usage();
    }

    @Override
    public Future<Void> shutdown() {
        if (stopping.compareAndSet(false, true)) {
            List<Future<?>> ends = new ArrayList<>();
            // Before the listeners, which in QUIC take their connections with them: each is told why it ends.
            connections.stop().forEach(ends::add);
            ends.addAll(listeners.close());
            dials.forEach(dial -> dial.cancel(false));
            endLoopsAfter(ends);
        }
        return over;
    }

    /** The loops end when all of {@code ends} are done, so that goodbyes are said, or when that takes too long. */
    private void endLoopsAfter(List<Future<?>> ends) {
        // Before the last of them can be done, for then the loops take nothing any more.
        var _ = group.next().schedule(this::endLoops, CLOSE_SECONDS, TimeUnit.SECONDS);
        Futures.whenAll(ends).addListener(_ -> endLoops());
    }

    private void endLoops() {
        quicGroup
                .shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .addListener(_ -> group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                        .addListener(_ -> over.trySuccess(null)));
    }

    @Override
    public void close() {
        for (EventLoopGroup loops : List.of(group, quicGroup)) {
            if (StreamSupport.stream(loops.spliterator(), false).anyMatch(EventExecutor::inEventLoop)) {
                throw new IllegalStateException("a host cannot be closed and waited for on its own event loop");
            }
        }
        shutdown().awaitUninterruptibly();
    }
}
