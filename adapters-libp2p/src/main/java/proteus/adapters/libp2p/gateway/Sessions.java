package proteus.adapters.libp2p.gateway;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.PeerConnection.Description;
import proteus.application.port.PeerGate;

/** The connections that have passed the handshake: one for each peer. Safe for use by many threads. */
final class Sessions {

    private static final System.Logger LOG = System.getLogger(Sessions.class.getName());

    private final Map<PeerId, GatewayConnection> byPeer = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Whether the peer has one. */
    boolean has(PeerId peer) {
        return byPeer.containsKey(peer);
    }

    /** Takes over a connection that has passed, and tells {@code gate}; closes it if that cannot be, and says why. */
    Optional<Cause> handOver(GatewayConnection connection, PeerGate gate) {
        Description peer = connection.description();
        PeerId id = Endpoints.id(peer.peerId());
        if (closed || byPeer.putIfAbsent(id, connection) != null) {
            connection.close();
            return Optional.of(closed ? new Cause.Stopped() : new Cause.AlreadyConnected());
        }
        connection.over().addListener(_ -> byPeer.remove(id, connection));
        LOG.log(
                Level.DEBUG,
                "peer {0}: connected, {1}, version {2}",
                peer.endpoint(),
                peer.direction(),
                peer.handshake().version());
        gate.connected(connection);
        if (closed) {
            connection.close();
        }
        return Optional.empty();
    }

    /** Ends all, and lets no more begin; returns those that are ending. */
    List<GatewayConnection> close() {
        closed = true;
        List<GatewayConnection> ending = List.copyOf(byPeer.values());
        ending.forEach(GatewayConnection::close);
        return ending;
    }
}
