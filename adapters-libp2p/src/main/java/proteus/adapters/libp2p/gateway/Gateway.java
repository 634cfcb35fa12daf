package proteus.adapters.libp2p.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.TooLongFrameException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.engine.multistream.NegotiationFailedException;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.application.frame.FrameChannel;
import proteus.application.frame.FramedConnection;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.wire.HandshakeRecordCodec;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.TransferConnectionStatus;

/**
 * What one connection has instead of a session until it has one: the two sides agree on a stream, each sends its record
 * and reads the other's, and each judges for itself.
 *
 * <p>The side whose id is the smaller one opens the stream, whoever dialled; the other waits. All of it has one deadline.
 * A failure closes the whole connection, and the peer is not told why. {@link #run} blocks: for a virtual thread, once;
 * {@link #offered} is for event loops. Source: neptune-cash 0.19.4, {@code network/gateway.rs}, {@code handshake.rs}.
 */
final class Gateway {

    private static final System.Logger LOG = System.getLogger(Gateway.class.getName());

    private final GatewayMeans means;
    private final Connection connection;
    private final PeerGate.Remote remote;
    private final long deadline;
    private volatile boolean begun;
    private final AtomicBoolean hasStream = new AtomicBoolean();
    private final CompletableFuture<Opened> opened = new CompletableFuture<>();
    private final CompletableFuture<GatewayOutcome> outcome = new CompletableFuture<>();

    private record Opened(Stream stream, RecordExchange exchange) {}

    /** For a connection that has just become ready. */
    Gateway(GatewayMeans means, Connection connection, PeerEndpoint peer) {
        this.means = means;
        this.connection = connection;
        this.remote = new PeerGate.Remote(
                peer.address(),
                peer.carrier(),
                connection.role() == Role.LISTENER ? Direction.INBOUND : Direction.OUTBOUND,
                Endpoints.id(connection.remotePeer()));
        this.deadline = System.nanoTime() + means.settings().handshakeTimeout().toNanos();
        connection.closed().addListener(_ -> closed());
    }

    /** Done when it is clear what comes of it. */
    Future<GatewayOutcome> outcome() {
        return outcome;
    }

    /** The remote opens a stream; a second one is one too many. */
    void offered(Stream stream) {
        if (hasStream.getAndSet(true)) {
            LOG.log(Level.DEBUG, "peer {0}: a second gateway stream, closing", remote.address());
            stream.reset();
            var _ = connection.close();
            return;
        }
        begin(stream);
    }

    private void begin(Stream stream) {
        RecordExchange exchange = new RecordExchange();
        stream.channel().pipeline().addLast("record", exchange);
        opened.complete(new Opened(stream, exchange));
    }

    private void closed() {
        opened.completeExceptionally(new IOException("connection closed"));
        if (!begun) {
            outcome.complete(new GatewayOutcome.Failed(new Cause.ClosedByPeer("as soon as it was there")));
        }
    }

    /** This node closes the connection for {@code why}, if there is no session yet. */
    void refuse(String why) {
        outcome.complete(new GatewayOutcome.Failed(new Cause.RefusedByUs(why)));
    }

    /** Nobody wants what may come of it. */
    void giveUp() {
        outcome.complete(new GatewayOutcome.Failed(new Cause.Stopped()));
        switch (outcome.join()) {
            case GatewayOutcome.Connected(var session) -> session.close();
            case GatewayOutcome.Failed failed -> closeAfter(failed);
        }
    }

    private void closeAfter(GatewayOutcome.Failed failed) {
        if (!failed.keepsConnection()) {
            var _ = connection.close();
        }
    }

    /** Says that {@link #run} will be called, and will say what came of it. */
    Gateway begins() {
        begun = true;
        return this;
    }

    /** Shakes hands. */
    void run() {
        try {
            outcome.complete(shake());
        } catch (InterruptedException stopping) {
            outcome.complete(new GatewayOutcome.Failed(new Cause.Stopped()));
        } catch (RuntimeException defect) {
            LOG.log(Level.ERROR, () -> "peer " + remote.address() + ": gateway handshake failed", defect);
        } finally {
            outcome.complete(new GatewayOutcome.Failed(new Cause.RefusedByUs("a defect in this program")));
            if (outcome.join() instanceof GatewayOutcome.Failed failed) {
                String why = failed.cause().text();
                LOG.log(Level.DEBUG, "peer {0}: no session over the gateway: {1}", remote.address(), why);
                closeAfter(failed);
            }
        }
    }

    private GatewayOutcome shake() throws InterruptedException {
        if (remote.direction() == Direction.INBOUND
                && !means.gate().admits(remote.address().ip())) {
            return new GatewayOutcome.Failed(new Cause.RefusedByUs("not admitted"));
        }
        openIfSmaller();
        try {
            Opened stream = await(opened);
            HandshakeData own = means.gate().ownHandshake();
            Instant ownTime = own.timestamp().toInstant().orElseGet(means::now);
            // It is on its way before the peer is judged, for a close may overtake it: then the peer could not judge.
            var _ = await(stream.stream().channel().writeAndFlush(record(own)));
            await(stream.exchange().record());
            HandshakeData theirs = HandshakeRecordCodec.decode(stream.exchange().takeRecord());
            return judged(stream, own, ownTime, theirs);
        } catch (TimeoutException late) {
            return new GatewayOutcome.Failed(new Cause.TimedOut("shaking hands"));
        } catch (ExecutionException failed) {
            return new GatewayOutcome.Failed(cause(failed));
        } catch (MalformedMessageException malformed) {
            return new GatewayOutcome.Failed(
                    new Cause.NotThisProtocol("a malformed record: " + malformed.getMessage()));
        }
    }

    private void openIfSmaller() {
        boolean opens = means.ownId().compareTo(connection.remotePeer()) < 0;
        if (!opens || hasStream.getAndSet(true)) {
            return;
        }
        connection.open(GatewayProtocol.ids(), this::begin).addListener(result -> {
            if (!result.isSuccess()) {
                opened.completeExceptionally(result.cause());
            }
        });
    }

    private static ByteBuf record(HandshakeData data) {
        byte[] bytes = HandshakeRecordCodec.encode(data);
        return Unpooled.wrappedBuffer(Unpooled.copyInt(bytes.length), Unpooled.wrappedBuffer(bytes));
    }

    private GatewayOutcome judged(Opened stream, HandshakeData own, Instant ownTime, HandshakeData theirs)
            throws InterruptedException, ExecutionException, TimeoutException {
        Description description = new Description(
                remote.carrier(), remote.direction(), remote.address(), remote.peerId(), theirs, ownTime, means.now());
        return switch (means.gate().judge(own, theirs, remote)) {
            case HandshakeVerdict.Accepted() -> connected(stream, description);
            case HandshakeVerdict.DifferentNetwork(var network) ->
                new GatewayOutcome.Failed(new Cause.RefusedByUs("it is of network " + network.id()));
            case HandshakeVerdict.Refused(ConnectionRefusedReason reason) -> {
                boolean isTold = reason instanceof ConnectionRefusedReason.MaxPeerNumberExceeded;
                if (isTold) {
                    tell(onLoop(stream, () -> FramedConnection.over(frames(stream), description)), reason);
                }
                yield new GatewayOutcome.Failed(new Cause.RefusedByUs(reason), isTold);
            }
        };
    }

    private GatewayOutcome connected(Opened stream, Description description)
            throws InterruptedException, ExecutionException, TimeoutException {
        GatewayConnection session = onLoop(
                stream,
                () -> new GatewayConnection(FramedConnection.over(frames(stream), description), stream.stream()));
        return means.handOver(session)
                .<GatewayOutcome>map(GatewayOutcome.Failed::new)
                .orElseGet(() -> new GatewayOutcome.Connected(session));
    }

    /** The one refusal that this stack has words for; then the peer may say what it likes, for a while. */
    private void tell(FramedConnection telling, ConnectionRefusedReason reason) {
        try {
            telling.send(new PeerMessage.ConnectionStatus(new TransferConnectionStatus.Refused(reason)));
        } catch (ConnectionClosedException gone) {
            LOG.log(Level.DEBUG, "peer {0}: gone before it was told that there is no place", remote.address());
        }
        telling.close();
    }

    private FrameChannel frames(Opened opened) {
        Stream stream = opened.stream();
        GatewayProtocol protocol = GatewayProtocol.of(stream.protocol());
        FrameChannel frames = means.frames(stream, protocol, new PeerEndpoint(remote.address(), remote.carrier()));
        ByteBuf rest = opened.exchange().takeRest();
        if (rest.isReadable()) {
            frames.received(rest.nioBuffer(), rest::release);
        } else {
            rest.release();
        }
        stream.channel().pipeline().replace("record", "frames", new StreamLink.Handler(frames));
        return frames;
    }

    private interface OnLoop<T> {
        T get();
    }

    private <T> T onLoop(Opened stream, OnLoop<T> task)
            throws InterruptedException, ExecutionException, TimeoutException {
        DuplexChannel channel = stream.stream().channel();
        return await(channel.eventLoop().submit(task::get));
    }

    private <T> T await(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /** Whoever agreed on the protocol speaks it, and does not want this node, or not now. */
    private static Cause cause(ExecutionException failed) {
        Throwable cause = Optional.ofNullable(failed.getCause()).orElse(failed);
        String text = Optional.ofNullable(cause.getMessage()).orElseGet(cause::toString);
        return switch (cause) {
            case NegotiationFailedException _, TooLongFrameException _ -> new Cause.NotThisProtocol(text);
            default -> new Cause.ClosedByPeer(text);
        };
    }
}
