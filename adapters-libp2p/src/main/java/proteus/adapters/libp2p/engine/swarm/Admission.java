package proteus.adapters.libp2p.engine.swarm;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import proteus.adapters.libp2p.engine.event.AcceptRefusal;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.event.EngineListener;
import proteus.adapters.libp2p.engine.event.FailureReason;
import proteus.adapters.libp2p.engine.event.ResourceEvent;
import proteus.adapters.libp2p.engine.limits.ConnectionGate;
import proteus.adapters.libp2p.engine.limits.ConnectionScope;
import proteus.adapters.libp2p.engine.limits.Direction;
import proteus.adapters.libp2p.engine.limits.GateRefusal;
import proteus.adapters.libp2p.engine.limits.Reservation;
import proteus.adapters.libp2p.engine.limits.SourceAdmission;
import proteus.adapters.libp2p.engine.limits.SourceLimits;
import proteus.adapters.libp2p.engine.limits.SourcePermit;
import proteus.adapters.libp2p.engine.limits.SystemScope;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;

/**
 * Lets connections begin, within the limits and by the gate of the host, and opens an account for each. Safe for use by
 * many threads.
 */
final class Admission {

    private final SystemScope scopes;
    private final SourceLimits sources;
    private final ConnectionGate gate;
    private final EngineListener events;
    private final AtomicLong ids = new AtomicLong();

    Admission(SystemScope scopes, SourceLimits sources, ConnectionGate gate, EngineListener events) {
        this.scopes = scopes;
        this.sources = sources;
        this.gate = gate;
        this.events = events;
    }

    /**
     * An account for a connection that has come in from {@code remote}; empty if it is to be closed before anything is
     * read.
     *
     * @param accepting whether this host still accepts where it came in
     */
    Optional<ConnectionAccount> accept(InetSocketAddress remote, Multiaddr address, boolean accepting) {
        long id = ids.incrementAndGet();
        if (!accepting) {
            return refuse(id, address, AcceptRefusal.STOPPING, "no longer listening");
        }
        Optional<GateRefusal> refused = gate.atAccept(remote);
        if (refused.isPresent()) {
            return refuse(id, address, AcceptRefusal.GATE, refused.get().reason());
        }
        return switch (sources.admit(remote.getAddress())) {
            case SourceAdmission.Refused(var refusal) ->
                refuse(id, address, AcceptRefusal.SOURCE_LIMIT, refusal.toString());
            case SourceAdmission.Admitted(SourcePermit permit) -> accept(id, address, permit);
        };
    }

    private Optional<ConnectionAccount> accept(long id, Multiaddr address, SourcePermit permit) {
        return switch (scopes.openConnection(Direction.INBOUND, address.toString())) {
            case Reservation.Refused<ConnectionScope>(var refusal) -> {
                permit.close();
                events.on(new ResourceEvent.Refused(refusal));
                yield refuse(id, address, AcceptRefusal.RESOURCE_LIMIT, refusal.toString());
            }
            case Reservation.Granted<ConnectionScope>(ConnectionScope scope) -> {
                events.on(new ConnectionEvent.AcceptBegun(id, address.toString()));
                yield Optional.of(new ConnectionAccount(id, address, scope, permit, gate, events));
            }
        };
    }

    private Optional<ConnectionAccount> refuse(long id, Multiaddr address, AcceptRefusal reason, String text) {
        events.on(new ConnectionEvent.RefusedAtAccept(id, address.toString(), reason, text));
        return Optional.empty();
    }

    /**
     * An account for dialling {@code address}.
     *
     * @throws RefusedException if there is no room for another
     */
    ConnectionAccount dial(Multiaddr address) throws RefusedException {
        long id = ids.incrementAndGet();
        events.on(new ConnectionEvent.DialBegun(id, address.toString()));
        return switch (scopes.openConnection(Direction.OUTBOUND, address.toString())) {
            case Reservation.Refused<ConnectionScope>(var refusal) -> {
                events.on(new ResourceEvent.Refused(refusal));
                events.on(new ConnectionEvent.DialFailed(
                        id, address.toString(), FailureReason.RESOURCE_LIMIT, refusal.toString()));
                throw new RefusedException(FailureReason.RESOURCE_LIMIT, refusal.toString());
            }
            case Reservation.Granted<ConnectionScope>(ConnectionScope scope) ->
                new ConnectionAccount(id, address, scope, () -> {}, gate, events);
        };
    }
}
