package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import proteus.adapters.libp2p.engine.event.CloseCause;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.event.ConnectionInfo;
import proteus.adapters.libp2p.engine.event.EngineEvent;
import proteus.adapters.libp2p.engine.event.EngineListener;
import proteus.adapters.libp2p.engine.event.FailureReason;
import proteus.adapters.libp2p.engine.event.ProtocolEvent;
import proteus.adapters.libp2p.engine.event.ResourceEvent;
import proteus.adapters.libp2p.engine.event.StreamEvent;
import proteus.adapters.libp2p.engine.event.StreamRefusal;
import proteus.adapters.libp2p.engine.event.ViolatedProtocol;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.limits.ConnectionGate;
import proteus.adapters.libp2p.engine.limits.ConnectionScope;
import proteus.adapters.libp2p.engine.limits.Direction;
import proteus.adapters.libp2p.engine.limits.GateRefusal;
import proteus.adapters.libp2p.engine.limits.Reservation;
import proteus.adapters.libp2p.engine.limits.ResourceRefusal;
import proteus.adapters.libp2p.engine.limits.SourcePermit;
import proteus.adapters.libp2p.engine.limits.StreamScope;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.multistream.NegotiationFailedException;
import proteus.adapters.libp2p.engine.upgrade.SecureSession;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;
import proteus.adapters.libp2p.engine.yamux.ReceiveMemory;

/**
 * What one connection, from its attempt to its end, holds of the host's limits, and what is told of it to the host's
 * listener. Ends once, by {@link #failed} or {@link #closed}, and gives everything back then. Safe for use by many
 * threads; events come in order if the calls do.
 */
final class ConnectionAccount {

    private final long id;
    private final Multiaddr address;
    private final ConnectionScope scope;
    private final SourcePermit permit;
    private final ConnectionGate gate;
    private final EngineListener events;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile String security = "";

    ConnectionAccount(
            long id,
            Multiaddr address,
            ConnectionScope scope,
            SourcePermit permit,
            ConnectionGate gate,
            EngineListener events) {
        this.id = id;
        this.address = address;
        this.scope = scope;
        this.permit = permit;
        this.gate = gate;
        this.events = events;
    }

    long id() {
        return id;
    }

    /** Where the remote is. */
    Multiaddr address() {
        return address;
    }

    Direction direction() {
        return scope.direction();
    }

    ConnectionScope scope() {
        return scope;
    }

    /** Tells {@code event} of this connection. */
    void tell(EngineEvent event) {
        events.on(event);
    }

    /** The remote is now to prove who it is by {@code protocol}. */
    void securing(String protocol) {
        security = protocol;
    }

    /** Counts bytes on the wire. */
    void transferred(long read, long written) {
        events.transferred(id, read, written);
    }

    /**
     * The remote has proven who it is.
     *
     * @throws RefusedException if the gate does not want it, or there is no room for another connection of this peer
     */
    void secured(SecureSession session, SocketAddress remote) throws RefusedException {
        events.on(new ConnectionEvent.SecuritySucceeded(id, direction(), session.protocol(), session.remotePeer()));
        Optional<GateRefusal> refused = gate.afterSecurity(session.remotePeer(), remote, direction());
        if (refused.isPresent()) {
            throw new RefusedException(FailureReason.GATE, refused.get().reason());
        }
        switch (scope.secured(session.remotePeer())) {
            case Reservation.Granted<ConnectionScope> _ -> {}
            case Reservation.Refused<ConnectionScope>(ResourceRefusal refusal) -> {
                events.on(new ResourceEvent.Refused(refusal));
                throw new RefusedException(FailureReason.RESOURCE_LIMIT, refusal.toString());
            }
        }
    }

    void established(ConnectionInfo info) {
        events.on(new ConnectionEvent.Established(info));
    }

    /** The attempt has come to nothing. */
    void failed(Throwable cause) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        scope.close();
        permit.close();
        String text = text(cause);
        FailureReason reason = reason(cause);
        if (cause instanceof SecurityFailedException broken) {
            events.on(new ConnectionEvent.SecurityFailed(id, direction(), security, broken.reason(), text));
        }
        events.on(
                switch (direction()) {
                    case INBOUND -> new ConnectionEvent.AcceptFailed(id, address.toString(), reason, text);
                    case OUTBOUND -> new ConnectionEvent.DialFailed(id, address.toString(), reason, text);
                });
    }

    /** The established connection has ended. */
    void closed(ConnectionInfo info, CloseCause cause, String text) {
        if (over.compareAndSet(false, true)) {
            scope.close();
            permit.close();
            events.on(new ConnectionEvent.Closed(info, cause, text));
        }
    }

    /** Memory of this connection for what it receives and nobody reads. A refusal is told. */
    ReceiveMemory receiveMemory() {
        return new ReceiveMemory() {
            @Override
            public boolean reserve(long bytes) {
                return switch (scope.reserveMemory(bytes)) {
                    case Reservation.Granted<ConnectionScope> _ -> true;
                    case Reservation.Refused<ConnectionScope>(ResourceRefusal refusal) -> {
                        events.on(new ResourceEvent.Refused(refusal));
                        yield false;
                    }
                };
            }

            @Override
            public void release(long bytes) {
                scope.releaseMemory(bytes);
            }
        };
    }

    /** Room for a stream; empty if there is none, which has been told then. */
    Optional<StreamScope> openStream(Direction opener) {
        return switch (scope.openStream(opener)) {
            case Reservation.Granted<StreamScope>(StreamScope stream) -> Optional.of(stream);
            case Reservation.Refused<StreamScope>(ResourceRefusal refusal) -> {
                events.on(new ResourceEvent.Refused(refusal));
                events.on(new StreamEvent.Refused(
                        id, Optional.empty(), opener, StreamRefusal.RESOURCE_LIMIT, refusal.toString()));
                yield Optional.empty();
            }
        };
    }

    /** The remote has more streams under negotiation than {@code limit}; this one is reset. */
    void refusedNegotiation(int limit) {
        events.on(new StreamEvent.Refused(
                id,
                Optional.empty(),
                Direction.INBOUND,
                StreamRefusal.RESOURCE_LIMIT,
                limit + " streams are being negotiated"));
    }

    /** Why the gate does not let a stream of {@code protocol} be opened. */
    Optional<GateRefusal> refusal(PeerId peer, String protocol, Direction opener) {
        return gate.atStreamOpen(peer, protocol, opener);
    }

    /** A stream has come to no protocol; if the remote broke the rules, that is told as well. */
    void negotiationFailed(Direction opener, Throwable cause) {
        String text = text(cause);
        events.on(new StreamEvent.NegotiationFailed(id, opener, text));
        if (cause instanceof NegotiationFailedException failed && isViolation(failed.reason())) {
            events.on(new ProtocolEvent.Violated(id, ViolatedProtocol.MULTISTREAM, text));
        }
    }

    private static boolean isViolation(NegotiationFailedException.Reason reason) {
        return switch (reason) {
            case MALFORMED, TOO_LONG, TOO_MANY_MESSAGES -> true;
            case NO_COMMON_PROTOCOL, CLOSED, TIMED_OUT -> false;
        };
    }

    static FailureReason reason(Throwable cause) {
        return switch (cause) {
            case RefusedException refused -> refused.reason();
            case SecurityFailedException failed ->
                switch (failed.reason()) {
                    case WRONG_PEER -> FailureReason.WRONG_PEER;
                    case CLOSED -> FailureReason.REMOTE_CLOSED;
                    case RESET -> FailureReason.RESET;
                    case MALFORMED, UNAUTHENTIC -> FailureReason.SECURITY;
                    case NO_COMMON_MUXER -> FailureReason.NEGOTIATION;
                };
            case NegotiationFailedException failed ->
                switch (failed.reason()) {
                    case CLOSED -> FailureReason.REMOTE_CLOSED;
                    case TIMED_OUT -> FailureReason.TIMED_OUT;
                    case NO_COMMON_PROTOCOL, MALFORMED, TOO_LONG, TOO_MANY_MESSAGES -> FailureReason.NEGOTIATION;
                };
            case TimeoutException _, ConnectTimeoutException _ -> FailureReason.TIMED_OUT;
            case IOException broken when ClosedPorts.isToldBy(broken) -> FailureReason.PORT_CLOSED;
            case IOException _ -> FailureReason.UNREACHABLE;
            default -> FailureReason.REMOTE_CLOSED;
        };
    }

    static String text(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
