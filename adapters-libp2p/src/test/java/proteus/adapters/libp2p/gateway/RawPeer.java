package proteus.adapters.libp2p.gateway;

import static proteus.adapters.libp2p.engine.swarm.TestHosts.address;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.get;

import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.Host;
import proteus.adapters.libp2p.engine.HostSettings;
import proteus.adapters.libp2p.engine.KeepAlive;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.engine.event.EngineListener;
import proteus.adapters.libp2p.engine.event.ProtocolEvent;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.limits.SourceLimitSettings;
import proteus.adapters.libp2p.engine.ping.PingProtocol;
import proteus.adapters.libp2p.engine.swarm.Swarm;
import proteus.adapters.libp2p.engine.swarm.TestHosts;
import proteus.application.contract.Await;
import proteus.application.contract.Descriptions;
import proteus.application.contract.FrameBytes;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerMessage;

/** A libp2p host that says it belongs to the network, and whose gateway does what a test tells it to. */
final class RawPeer implements AutoCloseable {

    private static final int PING_BYTES = 32;
    private static final String LAST_PROTOCOL = "/test/last";

    private final Host host;
    private final BlockingQueue<RawStream> offered = new LinkedBlockingQueue<>();

    private RawPeer(Host host) {
        this.host = host;
    }

    /** A peer that takes gateway streams. */
    static RawPeer start(Identity identity) {
        return start(identity, with -> with);
    }

    /** The same with other settings of its host. */
    static RawPeer start(Identity identity, UnaryOperator<HostSettings.Builder> with) {
        RawPeer peer = mute(identity, with);
        gatewayIds().forEach(peer::take);
        return peer;
    }

    /** A peer that takes streams of {@code only} and refuses all others. */
    static RawPeer knowing(SessionProtocol only, Identity identity) {
        RawPeer peer = mute(identity, with -> with);
        peer.take(only.id());
        return peer;
    }

    private void take(String id) {
        host.handle(id, stream -> offered.add(RawStream.over(stream)), KeepAlive.YES);
    }

    /** A peer that knows nothing of gateways. */
    static RawPeer mute(Identity identity, UnaryOperator<HostSettings.Builder> with) {
        HostSettings.Builder settings = HostSettings.builder(identity)
                .protocolVersion(GatewayNode.PATIENT.protocolVersion())
                .agentVersion("a test")
                .sources(SourceLimitSettings.defaults().withLoopbackExempt())
                .eventLoopThreads(1);
        return new RawPeer(Swarm.start(with.apply(settings).build()));
    }

    /** The record of a peer that calls itself {@code instance}, with its length, as the gateway has it. */
    static byte[] record(long instance) {
        return record(SessionProtocol.V2, instance);
    }

    /** The same, as {@code protocol} has it. */
    static byte[] record(SessionProtocol protocol, long instance) {
        return FrameBytes.frame(protocol.record().encode(Descriptions.handshake(instance)));
    }

    /** A message as {@code protocol} has it, with its length. */
    static byte[] said(SessionProtocol protocol, PeerMessage message) {
        return FrameBytes.frame(protocol.encoding().encode(message));
    }

    /** What Neptune's own gateway is asked for. */
    static List<String> gatewayIds() {
        return SessionProtocol.GATEWAY.stream().map(SessionProtocol::id).toList();
    }

    Host host() {
        return host;
    }

    /** Begins to dial the node. */
    Future<Connection> dialling(PeerEndpoint node) {
        return host.dial(List.of(address(node.toMultiaddress())));
    }

    /** Dials the node. */
    Connection dial(PeerEndpoint node) throws Exception {
        return get(dialling(node));
    }

    /** Where the node can dial it. */
    PeerEndpoint listen(Carrier carrier) throws Exception {
        var bound = get(host.listen(address(GatewayNode.anyPort(carrier).toMultiaddress())));
        int port = bound.tcpAddress().or(bound::quicAddress).orElseThrow().getPort();
        return new PeerEndpoint(new PeerAddress(GatewayNode.LOOPBACK, port), carrier);
    }

    /** Opens a gateway stream. */
    static RawStream open(Connection connection, SessionProtocol protocol) throws Exception {
        // Of two protocols the remote is asked first, so that the stream is agreed on when this returns.
        List<String> protocols = new ArrayList<>(protocol.equals(SessionProtocol.V1) ? List.of() : gatewayIds());
        protocols.remove(protocol.id());
        protocols.addFirst(protocol.id());
        CompletableFuture<RawStream> opened = new CompletableFuture<>();
        get(connection.open(protocols, stream -> opened.complete(RawStream.over(stream))));
        return opened.join();
    }

    /** Dials the node, which has a greater id, opens the stream and sends the record of {@code instance}. */
    RawStream shakeHands(PeerEndpoint node, SessionProtocol protocol, long instance) throws Exception {
        return open(dial(node), protocol).send(record(protocol, instance));
    }

    /**
     * Waits until the host has told all of its protocols. It pushes them a moment after they change, to whomever it is
     * connected to by then, and that would take the place of what a test says instead.
     */
    void awaitNothingToTell() throws Exception {
        CompletableFuture<Void> told = new CompletableFuture<>();
        EngineListener listener = event -> {
            if (event instanceof ProtocolEvent.Identified said
                    && said.pushed()
                    && said.protocols().contains(LAST_PROTOCOL)) {
                told.complete(null);
            }
        };
        try (RawPeer witness = mute(PeerIds.any(), with -> with.listener(listener))) {
            Connection connection = dial(witness.listen(Carrier.LIBP2P_TCP));
            Await.until("who the witness is", () -> connection.remoteInfo().isPresent());
            host.handle(LAST_PROTOCOL, Stream::reset, KeepAlive.NO);
            Await.until("the push of the last protocol", told::isDone);
        }
    }

    /** The connection that the node makes. */
    Connection awaitConnection() {
        Await.until("a connection", () -> !host.connections().isEmpty());
        return host.connections().getFirst();
    }

    /** The next stream that the node opens. */
    RawStream awaitStream() throws InterruptedException {
        RawStream stream = offered.poll(TestHosts.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (stream == null) {
            throw new AssertionError("the node opens no stream");
        }
        return stream;
    }

    /** Whether the node has opened a stream that was not asked for yet. */
    boolean hasStream() {
        return !offered.isEmpty();
    }

    /** Asks the node {@code times} for an answer over another stream, each time when the one before has come. */
    static void ping(Connection connection, int times) throws Exception {
        CompletableFuture<RawStream> opened = new CompletableFuture<>();
        get(connection.open(List.of(PingProtocol.ID), stream -> opened.complete(RawStream.over(stream))));
        RawStream stream = opened.join();
        for (int i = 1; i <= times; i++) {
            stream.send(new byte[PING_BYTES]).await(i * PING_BYTES);
        }
        stream.stream().reset();
    }

    static void awaitClosed(Connection connection) {
        Await.until("the end of " + connection, connection.closed()::isDone);
    }

    @Override
    public void close() {
        host.close();
    }
}
