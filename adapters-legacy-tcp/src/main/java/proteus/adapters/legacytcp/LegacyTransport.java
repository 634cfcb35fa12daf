package proteus.adapters.legacytcp;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import proteus.application.frame.FrameChannel;
import proteus.application.frame.FrameEncoding;
import proteus.application.frame.FramedConnection;
import proteus.application.memory.InboundBudget;
import proteus.application.port.Carrier;
import proteus.application.port.DialFailedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.HeldDial;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerTransport;
import proteus.application.port.SourceQuota;
import proteus.application.port.Stack;
import proteus.domain.peer.PeerAddress;

/**
 * Neptune's original stack: frames over plain TCP.
 *
 * <p>A few threads serve all sockets. A handshake runs on a virtual thread: the caller's when this node dials, one of
 * its own when it listens. Accepting never waits for anything; what waits is a bounded number of sockets.
 */
public final class LegacyTransport implements PeerTransport {

    private static final System.Logger LOG = System.getLogger(LegacyTransport.class.getName());

    private final LegacySettings settings;
    private final InboundBudget budget;
    private final PeerGate gate;
    private final SourceQuota quota;
    private final ListenerHandshake listenerHandshake;
    private final DiallerHandshake diallerHandshake;
    private final HalfOpenConnections halfOpen;
    private final EventLoopGroup loops;
    private final LegacySockets sockets;
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
    private final Set<Channel> listeners = ConcurrentHashMap.newKeySet();
    private final Set<PeerConnection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Thread> handshakes = ConcurrentHashMap.newKeySet();
    private final Set<LegacyDial> dials = ConcurrentHashMap.newKeySet();
    private final Object listening = new Object();
    private final Object closing = new Object();
    private volatile boolean stopped;
    private volatile boolean closed;

    /**
     * A transport that does nothing yet.
     *
     * @param budget bounds what inbound frames take, together with other transports
     * @param gate is asked about peers and told of connections
     * @param quota counts what network addresses take, together with other transports
     * @param clock says when handshakes were done
     */
    public LegacyTransport(
            LegacySettings settings, InboundBudget budget, PeerGate gate, SourceQuota quota, InstantSource clock) {
        this.settings = settings;
        this.budget = budget;
        this.gate = gate;
        this.quota = quota;
        listenerHandshake = new ListenerHandshake(gate, clock);
        diallerHandshake = new DiallerHandshake(clock);
        halfOpen = new HalfOpenConnections(
                settings.handshakePermits(), settings.halfOpenTotal(), settings.halfOpenPerIp());
        loops = new MultiThreadIoEventLoopGroup(
                settings.eventLoops(), new DefaultThreadFactory("legacy-tcp", true), NioIoHandler.newFactory());
        sockets = new LegacySockets(loops, settings.handshakeTimeout());
    }

    @Override
    public Stack stack() {
        return Stack.LEGACY;
    }

    /** How many accepted sockets have not finished their handshake. */
    int halfOpen() {
        return halfOpen.size();
    }

    @Override
    public PeerEndpoint listen(PeerEndpoint endpoint) throws IOException {
        PeerAddress address = legacy(endpoint);
        synchronized (listening) {
            if (stopped) {
                throw new IOException("cannot listen on " + address + ": stopped");
            }
            return endpoint.withPort(bind(address));
        }
    }

    private int bind(PeerAddress address) throws IOException {
        Channel listener = sockets.listen(address, this::accepted);
        listeners.add(listener);
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    private static PeerAddress legacy(PeerEndpoint endpoint) {
        if (endpoint.carrier() != Carrier.LEGACY_TCP) {
            throw new IllegalArgumentException("not of the legacy stack: " + endpoint);
        }
        return endpoint.address();
    }

    @Override
    public PeerConnection dial(PeerEndpoint endpoint) throws DialFailedException, InterruptedException {
        return hold(endpoint, gate).complete();
    }

    @Override
    public HeldDial hold(PeerEndpoint endpoint, PeerGate into) throws DialFailedException, InterruptedException {
        PeerAddress peer = legacy(endpoint);
        Channel channel = connect(peer);
        track(channel);
        FrameChannel frames = framesOver(channel, peer);
        HandshakeExchange exchange = new HandshakeExchange(frames, settings.handshakeTimeout());
        frames.onLoop(() -> shakeHands(channel, frames, exchange));
        LegacyDial dial = new LegacyDial(new Means(), into, channel, frames, exchange);
        dials.add(dial);
        channel.closeFuture().addListener(_ -> dials.remove(dial));
        if (closed) {
            dial.closeIfHeld();
        }
        return dial;
    }

    /** What a dial asks of this transport. */
    private final class Means implements LegacyDial.Means {

        @Override
        public boolean isStopped() {
            return stopped;
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public Description shake(PeerGate by, FrameChannel frames, HandshakeExchange exchange)
                throws DialFailedException, InterruptedException {
            return diallerHandshake.shake(by, frames, exchange);
        }

        @Override
        public PeerConnection handOver(PeerGate to, FrameChannel frames, Channel channel, Description description) {
            return LegacyTransport.this.handOver(to, frames, channel, description);
        }
    }

    private Channel connect(PeerAddress address) throws DialFailedException, InterruptedException {
        if (stopped) {
            throw new DialFailedException(new Cause.Stopped());
        }
        try {
            return sockets.connect(address);
        } catch (DialFailedException failed) {
            throw stopped ? new DialFailedException(new Cause.Stopped()) : failed;
        }
    }

    // On an event loop.
    private void accepted(SocketChannel socket) {
        @Nullable InetSocketAddress remote = socket.remoteAddress();
        if (stopped || remote == null) {
            var _ = socket.close();
            return;
        }
        PeerAddress peer = SocketAddresses.peerAddress(remote);
        Optional<SourceQuota.Place> place = quota.arrives(peer.ip());
        if (place.isEmpty()) {
            LOG.log(System.Logger.Level.DEBUG, "peer {0}: comes too often, or too many do, closing", peer);
            var _ = socket.close();
            return;
        }
        socket.closeFuture().addListener(_ -> place.get().close());
        FrameChannel frames = framesOver(socket, peer);
        HandshakeExchange exchange = new HandshakeExchange(frames, settings.handshakeTimeout());
        shakeHands(socket, frames, exchange);
        Optional<HalfOpenConnections.Entry> entry = halfOpen.enter(peer.ip(), () -> drop(frames));
        if (entry.isEmpty()) {
            drop(frames);
            return;
        }
        track(socket);
        Thread thread = Thread.ofVirtual().name("legacy-handshake-" + peer).unstarted(() -> {
            try {
                incoming(entry.get(), frames, socket, exchange);
            } finally {
                halfOpen.leave(entry.get());
                handshakes.remove(Thread.currentThread());
            }
        });
        handshakes.add(thread);
        thread.start();
        if (closed) {
            thread.interrupt();
        }
    }

    private void incoming(
            HalfOpenConnections.Entry entry, FrameChannel frames, Channel channel, HandshakeExchange exchange) {
        try {
            if (!gate.admits(frames.peer().ip())) {
                LOG.log(System.Logger.Level.DEBUG, "peer {0}: not admitted, closing", frames.peer());
                frames.closeNow();
                return;
            }
            if (!halfOpen.awaitPermit(entry, settings.handshakeTimeout())) {
                LOG.log(System.Logger.Level.DEBUG, "peer {0}: no permit for its handshake, closing", frames.peer());
                frames.closeNow();
                return;
            }
            Optional<Description> description = listenerHandshake.shake(frames, exchange);
            halfOpen.leave(entry);
            if (description.isPresent()) {
                handOver(gate, frames, channel, description.get());
            }
        } catch (HandshakeBrokenException broken) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "peer {0}: handshake broken, closing: {1}, {2}",
                    frames.peer(),
                    broken.why(),
                    broken.getMessage());
            frames.closeNow();
        } catch (InterruptedException stopping) {
            frames.closeNow();
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.ERROR, () -> "peer " + frames.peer() + ": handshake failed", failure);
            frames.closeNow();
        }
    }

    private FrameChannel framesOver(Channel channel, PeerAddress peer) {
        return new FrameChannel(
                new ChannelLink(channel, peer), FrameEncoding.BINCODE, budget, settings.outboundBytes());
    }

    // On the channel's event loop.
    private static void shakeHands(Channel channel, FrameChannel frames, HandshakeExchange exchange) {
        frames.shakeHands(exchange);
        channel.pipeline().addLast("frames", new FrameHandler(frames));
    }

    private static void drop(FrameChannel frames) {
        LOG.log(System.Logger.Level.DEBUG, "peer {0}: too many half-open connections, closing", frames.peer());
        frames.closeNow();
    }

    private PeerConnection handOver(PeerGate to, FrameChannel frames, Channel channel, Description description) {
        FramedConnection connection = FramedConnection.over(frames, description);
        connections.add(connection);
        channel.closeFuture().addListener(_ -> connections.remove(connection));
        LOG.log(
                System.Logger.Level.DEBUG,
                "peer {0}: connected, {1}, version {2}",
                description.address(),
                description.direction(),
                description.handshake().version());
        to.connected(connection);
        if (closed) {
            connection.close();
        }
        return connection;
    }

    private void track(Channel channel) {
        channels.add(channel);
        channel.closeFuture().addListener(_ -> channels.remove(channel));
        if (closed) {
            var _ = channel.close();
        }
    }

    @Override
    public void stopAccepting() {
        stopped = true;
        stopListening();
    }

    @Override
    public void stopListening() {
        synchronized (listening) {
            // Until they are gone, a dialler would be accepted and take the close for another protocol.
            List<Future<Void>> ends =
                    listeners.stream().map(LegacySockets::free).toList();
            ends.forEach(Future::awaitUninterruptibly);
            listeners.clear();
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
            connections.forEach(PeerConnection::close);
            dials.forEach(LegacyDial::closeIfHeld);
            handshakes.forEach(Thread::interrupt);
            boolean interrupted = awaitEnd();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean awaitEnd() {
        long patience = FrameChannel.CLOSE_PATIENCE.plusMillis(500).toNanos();
        long deadline = System.nanoTime() + patience;
        boolean interrupted = false;
        for (Thread thread : handshakes) {
            interrupted |= join(thread, deadline);
        }
        for (Channel channel : channels) {
            if (!channel.closeFuture()
                    .awaitUninterruptibly(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                var _ = channel.close();
            }
        }
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        return interrupted;
    }

    private static boolean join(Thread thread, long deadline) {
        try {
            thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
