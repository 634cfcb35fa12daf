package proteus.adapters.libp2p.engine.swarm;

import io.netty.util.concurrent.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.event.CloseCause;
import proteus.adapters.libp2p.engine.identity.PeerId;

/** The connections that are open; the limits of the host bound it. Safe for use by many threads. */
final class ConnectionTable {

    private final Map<Long, SwarmConnection> connections = new ConcurrentHashMap<>();
    private final Consumer<SwarmConnection> whenAdded;
    private volatile boolean stopping;

    /** A table that tells {@code whenAdded} of each new connection, on its event loop. */
    ConnectionTable(Consumer<SwarmConnection> whenAdded) {
        this.whenAdded = whenAdded;
    }

    void add(SwarmConnection connection) {
        connections.put(connection.id(), connection);
        connection.start(() -> connections.remove(connection.id()));
        if (stopping) {
            connection.close(CloseCause.STOPPING, "");
            return;
        }
        whenAdded.accept(connection);
    }

    /** Closes all that are open, and all that are added from now on. Returns the ends of those that are open. */
    List<Future<Void>> stop() {
        stopping = true;
        List<SwarmConnection> open = all();
        open.forEach(connection -> connection.close(CloseCause.STOPPING, ""));
        return open.stream().map(SwarmConnection::closed).toList();
    }

    Optional<Connection> find(long id) {
        return Optional.ofNullable(connections.get(id));
    }

    List<SwarmConnection> all() {
        return connections.values().stream()
                .sorted(Comparator.comparingLong(SwarmConnection::id))
                .toList();
    }

    List<Connection> with(PeerId peer) {
        return all().stream()
                .filter(connection -> connection.remotePeer().equals(peer))
                .map(Connection.class::cast)
                .toList();
    }
}
