package proteus.adapters.libp2p.gateway;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.gateway.Gateway.Turn;
import proteus.application.port.PeerGate;

/** What connections have instead of sessions, and the virtual threads that shake hands. Safe for use by many threads. */
final class Gateways {

    private final GatewayMeans means;
    /** By the number of the connection. */
    private final Map<Long, Gateway> gateways = new ConcurrentHashMap<>();

    private final Set<Thread> handshakes = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** None yet. */
    Gateways(GatewayMeans means) {
        this.means = means;
    }

    /** How many there are. */
    int size() {
        return gateways.size();
    }

    /** That of {@code connection}. */
    Gateway of(Connection connection) {
        return gateways.computeIfAbsent(connection.id(), _ -> new Gateway(means, connection, Endpoints.of(connection)));
    }

    /** Begins to shake hands by the rules of {@code gate}. */
    void begin(Gateway gateway, PeerGate gate, Turn turn) {
        gateway.begins();
        Thread thread = Thread.ofVirtual()
                .name("gateway-" + gateway.remote().address())
                .unstarted(() -> {
                    try {
                        gateway.run(gate, turn);
                    } finally {
                        handshakes.remove(Thread.currentThread());
                    }
                });
        handshakes.add(thread);
        thread.start();
        if (stopped) {
            thread.interrupt();
        }
    }

    /** A remote opens a gateway stream. */
    void offered(Stream stream) {
        Optional.ofNullable(gateways.get(stream.connection().id()))
                .ifPresentOrElse(gateway -> gateway.offered(stream), stream::reset);
    }

    /** The connection is over, and nobody asks what came of it. */
    void forget(long connection) {
        gateways.remove(connection);
    }

    /** Who dialled knows the gateway; it is still here to see that no second stream comes. */
    void forgetAtEnd(Connection dialled) {
        dialled.closed().addListener(_ -> gateways.remove(dialled.id()));
    }

    /** Interrupts all handshakes, those to come too. */
    void stop() {
        stopped = true;
        handshakes.forEach(Thread::interrupt);
    }

    /** Waits until no handshake goes on, no longer than until {@code deadline}, in nanoseconds of the system's timer. */
    void awaitEnd(long deadline) {
        boolean interrupted = false;
        for (Thread thread : handshakes) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            } catch (InterruptedException hurried) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
