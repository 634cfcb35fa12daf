package proteus.adapters.libp2p.gateway;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.limits.ConnectionGate;
import proteus.adapters.libp2p.engine.limits.Direction;
import proteus.adapters.libp2p.engine.limits.GateRefusal;
import proteus.application.port.PeerGate;
import proteus.domain.peer.IpAddress;

/** Who may connect, as far as that is known on an event loop. */
final class Doors implements ConnectionGate {

    /** Why a peer that has a session is not wanted again. */
    static final String SECOND = "has a session over another connection";

    private final PeerGate gate;
    private final PeerId own;
    private final Sessions sessions;

    Doors(PeerGate gate, PeerId own, Sessions sessions) {
        this.gate = gate;
        this.own = own;
        this.sessions = sessions;
    }

    @Override
    public Optional<GateRefusal> atAccept(SocketAddress remote) {
        IpAddress ip = IpAddress.of(((InetSocketAddress) remote).getAddress().getAddress())
                .canonical();
        return gate.isBanned(ip) ? Optional.of(new GateRefusal("banned")) : Optional.empty();
    }

    @Override
    public Optional<GateRefusal> afterSecurity(PeerId peer, SocketAddress remote, Direction direction) {
        if (peer.equals(own)) {
            return Optional.of(new GateRefusal("this node itself"));
        }
        return sessions.has(peer) ? Optional.of(new GateRefusal(SECOND)) : Optional.empty();
    }
}
