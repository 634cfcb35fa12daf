package proteus.bootstrap.interop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.DialFailedException;
import proteus.adapters.libp2p.engine.Host;
import proteus.adapters.libp2p.engine.HostSettings;
import proteus.adapters.libp2p.engine.KeepAlive;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.event.EngineEvent;
import proteus.adapters.libp2p.engine.event.FailureReason;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.limits.Direction;
import proteus.adapters.libp2p.engine.limits.SourceLimitSettings;
import proteus.adapters.libp2p.engine.multiaddr.MalformedMultiaddrException;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.swarm.Swarm;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.domain.network.Network;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** A libp2p host of a test, on 127.0.0.1: as much of a node as it takes to get a gateway stream. */
final class GatewayHost implements AutoCloseable {

    private final List<GatewayForm> forms;
    private final Host host;
    private final BlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
    /** By the number of the connection. */
    private final Map<Long, CompletableFuture<GatewayPeer>> streams = new ConcurrentHashMap<>();

    private GatewayHost(Identity identity, Network network, List<GatewayForm> forms) {
        this.forms = forms;
        host = Swarm.start(HostSettings.builder(identity)
                .protocolVersion("/neptune/-" + network.id())
                .agentVersion("proteus/interop")
                .sources(SourceLimitSettings.defaults().withLoopbackExempt())
                .eventLoopThreads(1)
                .listener(this::on)
                .build());
        for (GatewayForm form : forms) {
            host.handle(form.id(), this::offered, KeepAlive.YES);
        }
    }

    /** Somebody new, of regtest, who speaks {@code forms}, the best first. */
    static GatewayHost speaking(GatewayForm... forms) {
        return as(Identity.generate(new SecureRandom()), forms);
    }

    /** The one with this key, of regtest. */
    static GatewayHost as(Identity identity, GatewayForm... forms) {
        return new GatewayHost(identity, Handshakes.REGTEST, List.of(forms));
    }

    private void on(EngineEvent event) {
        if (event instanceof ConnectionEvent.Established(var info) && info.direction() == Direction.INBOUND) {
            host.connection(info.id()).ifPresent(accepted::add);
        }
    }

    private void offered(Stream stream) {
        StreamInput input = new StreamInput();
        stream.channel().pipeline().addLast(input);
        streamOf(stream.connection()).complete(new GatewayPeer(stream, input));
    }

    private CompletableFuture<GatewayPeer> streamOf(Connection connection) {
        return streams.computeIfAbsent(connection.id(), _ -> new CompletableFuture<>());
    }

    /** Takes connections at a free port. */
    PeerEndpoint listen(Carrier carrier) throws IOException {
        PeerEndpoint anyPort = new PeerEndpoint(new PeerAddress(new IpAddress.V4(0x7F000001), 0), carrier);
        Multiaddr bound = GatewayPeer.done(host.listen(multiaddr(anyPort)), "cannot listen");
        InetSocketAddress socket = bound.tcpAddress().or(bound::quicAddress).orElseThrow();
        return anyPort.withPort(socket.getPort());
    }

    private static Multiaddr multiaddr(PeerEndpoint endpoint) {
        try {
            return Multiaddr.parse(endpoint.toMultiaddress());
        } catch (MalformedMultiaddrException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Dials, and gets a gateway stream; fails the test if nobody answers in time. */
    GatewayPeer dial(PeerEndpoint endpoint) throws IOException {
        return dialUnlessIgnored(endpoint).orElseThrow(() -> new AssertionError("no answer in time from " + endpoint));
    }

    /** Dials, and gets a gateway stream; empty if nobody answers in time. */
    Optional<GatewayPeer> dialUnlessIgnored(PeerEndpoint endpoint) throws IOException {
        Connection connection;
        try {
            connection = GatewayPeer.done(host.dial(List.of(multiaddr(endpoint))), "cannot dial " + endpoint);
        } catch (IOException failed) {
            if (isLate(failed)) {
                return Optional.empty();
            }
            throw failed;
        }
        return Optional.of(gateway(connection));
    }

    private static boolean isLate(IOException failed) {
        return failed.getCause() instanceof ExecutionException execution
                && execution.getCause() instanceof DialFailedException dial
                && dial.attempts().stream().anyMatch(attempt -> attempt.reason() == FailureReason.TIMED_OUT);
    }

    /** Waits for a connection from outside, as long as the test may take, and gets a gateway stream on it. */
    GatewayPeer accept() throws IOException {
        try {
            return gateway(accepted.take());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    /** The side with the smaller id opens the stream. */
    private GatewayPeer gateway(Connection connection) throws IOException {
        if (host.peerId().compareTo(connection.remotePeer()) < 0) {
            GatewayPeer.done(connection.open(GatewayForm.ids(forms), this::offered), "no gateway");
        }
        CompletableFuture<GatewayPeer> stream = streamOf(connection);
        connection.closed().addListener(_ -> stream.completeExceptionally(new IOException("connection closed")));
        return GatewayPeer.done(stream, "no gateway");
    }

    /** Ends it, without waiting for that. */
    void shutdown() {
        var _ = host.shutdown();
    }

    @Override
    public void close() {
        host.close();
    }
}
