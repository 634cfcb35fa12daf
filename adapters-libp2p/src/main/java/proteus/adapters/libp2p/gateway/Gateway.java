package proteus.adapters.libp2p.gateway;

import io.netty.handler.codec.TooLongFrameException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.engine.multistream.NegotiationFailedException;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.Direction;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.peer.HandshakeData;

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
    private final Deadline deadline;
    private volatile boolean begun;
    private final AtomicBoolean hasStream = new AtomicBoolean();
    private final CompletableFuture<AgreedStream> opened = new CompletableFuture<>();
    private final CompletableFuture<HandshakeData> heard = new CompletableFuture<>();
    private final CompletableFuture<Void> mayGoOn = new CompletableFuture<>();
    private final CompletableFuture<GatewayOutcome> outcome = new CompletableFuture<>();

    /** When this node says who it is. */
    enum Turn {
        /** At once, as upstream does. */
        AT_ONCE,
        /** When the peer has, and {@link #goOn} was called. */
        HELD
    }

    /** For a connection that has just become ready. */
    Gateway(GatewayMeans means, Connection connection, PeerEndpoint peer) {
        this.means = means;
        this.connection = connection;
        this.remote = new PeerGate.Remote(
                peer.address(),
                peer.carrier(),
                connection.role() == Role.LISTENER ? Direction.INBOUND : Direction.OUTBOUND,
                Endpoints.id(connection.remotePeer()));
        this.deadline = Deadline.in(means.settings().handshakeTimeout());
        connection.closed().addListener(_ -> closed());
    }

    /** The other end. */
    PeerGate.Remote remote() {
        return remote;
    }

    /** Done when it is clear what comes of it. */
    Future<GatewayOutcome> outcome() {
        return outcome;
    }

    /** What the peer has said of itself, where this node's turn is held. If that fails, the outcome says why. */
    Future<HandshakeData> heard() {
        return heard;
    }

    /** Lets this node say who it is, if its turn is held. */
    void goOn() {
        mayGoOn.complete(null);
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
        AgreedStream agreed = new AgreedStream(stream, means.protocols().of(stream.protocol()));
        agreed.over().addListener(_ -> mayGoOn.completeExceptionally(new IOException("stream closed")));
        opened.complete(agreed);
    }

    private void closed() {
        IOException end = new IOException("connection closed");
        opened.completeExceptionally(end);
        mayGoOn.completeExceptionally(end);
        if (!begun) {
            outcome.complete(new GatewayOutcome.Failed(new Cause.ClosedByPeer("as soon as it was there")));
        }
    }

    /** This node closes the connection for {@code why}, if there is no session yet. */
    void refuse(String why) {
        outcome.complete(new GatewayOutcome.Failed(new Cause.RefusedByUs(why)));
    }

    /** Nobody wants what may come of it, for {@code why}. */
    void giveUp(Cause why) {
        outcome.complete(new GatewayOutcome.Failed(why));
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

    /** Shakes hands, by the rules of {@code gate}, which gets the session. */
    void run(PeerGate gate, Turn turn) {
        try {
            outcome.complete(shake(gate, turn));
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
            heard.completeExceptionally(new IOException("no record"));
        }
    }

    private GatewayOutcome shake(PeerGate gate, Turn turn) throws InterruptedException {
        if (remote.direction() == Direction.INBOUND
                && !gate.admits(remote.address().ip())) {
            return new GatewayOutcome.Failed(new Cause.RefusedByUs("not admitted"));
        }
        openIfSmaller();
        try {
            AgreedStream stream = deadline.await(opened);
            Admittance admittance = new Admittance(means, gate, remote, stream, deadline);
            return switch (turn) {
                case AT_ONCE -> admittance.exchange(() -> stream.receive(deadline));
                case HELD -> {
                    HandshakeData theirs = stream.receive(deadline);
                    heard.complete(theirs);
                    deadline.await(mayGoOn);
                    yield admittance.exchange(() -> theirs);
                }
            };
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
        // Of several protocols the remote is asked at once, whether or not this node says anything after it.
        connection.open(means.protocols().ids(), this::begin).addListener(result -> {
            if (!result.isSuccess()) {
                opened.completeExceptionally(result.cause());
            }
        });
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
