package proteus.adapters.legacytcp;

import java.time.Duration;
import proteus.domain.peer.ConnectionSettings;

/**
 * What a {@link LegacyTransport} allows.
 *
 * @param handshakeTimeout how long each step of a handshake may take, connecting and waiting for a permit included
 * @param handshakePermits how many incoming handshakes run at a time
 * @param halfOpenTotal how many accepted sockets may be before the end of their handshake, those that wait included
 * @param halfOpenPerIp how many of those may be from one address
 * @param outboundBytes how many bytes may wait for one peer; a single larger frame may go while nothing waits
 * @param eventLoops how many threads serve the sockets
 */
public record LegacySettings(
        Duration handshakeTimeout,
        int handshakePermits,
        int halfOpenTotal,
        int halfOpenPerIp,
        int outboundBytes,
        int eventLoops) {

    private static final Duration UPSTREAM_HANDSHAKE_TIMEOUT = Duration.ofSeconds(4);
    private static final int OUTBOUND_BYTES = 32 << 20;
    private static final int EVENT_LOOPS = 2;

    public LegacySettings {
        if (!handshakeTimeout.isPositive()) {
            throw new IllegalArgumentException("handshake timeout must be positive: " + handshakeTimeout);
        }
        requirePositive(handshakePermits, "handshake permits");
        requirePositive(halfOpenTotal, "half-open connections");
        requirePositive(halfOpenPerIp, "half-open connections of one address");
        requirePositive(outboundBytes, "outbound bytes");
        requirePositive(eventLoops, "event loops");
    }

    private static void requirePositive(int value, String what) {
        if (value <= 0) {
            throw new IllegalArgumentException(what + " must be positive: " + value);
        }
    }

    /**
     * The settings of a node that wants {@code maxPeers} peers.
     *
     * <p>Time-out and permits are those of neptune-cash 0.19.4: 4 s, and twice the peers plus four. The bounds on
     * half-open connections are Proteus' own: there an accept loop that waits for a permit keeps everybody out, here an
     * address has at most a third of the permits.
     *
     * @throws IllegalArgumentException if {@code maxPeers} is negative
     */
    public static LegacySettings forPeers(int maxPeers) {
        if (maxPeers < 0) {
            throw new IllegalArgumentException("a number of peers cannot be negative: " + maxPeers);
        }
        int permits = Math.addExact(Math.multiplyExact(2, maxPeers), 4);
        return new LegacySettings(
                UPSTREAM_HANDSHAKE_TIMEOUT,
                permits,
                Math.multiplyExact(4, permits),
                Math.max(1, permits / 3),
                OUTBOUND_BYTES,
                EVENT_LOOPS);
    }

    /** The settings of a node that keeps to {@code connections}: {@link #forPeers}, with the time-out that they give. */
    public static LegacySettings of(ConnectionSettings connections) {
        return forPeers(connections.maxNumPeers()).withHandshakeTimeout(connections.handshakeTimeout());
    }

    /** The same with another time-out. */
    public LegacySettings withHandshakeTimeout(Duration timeout) {
        return new LegacySettings(timeout, handshakePermits, halfOpenTotal, halfOpenPerIp, outboundBytes, eventLoops);
    }

    /** The same with another bound on what waits for one peer. */
    public LegacySettings withOutboundBytes(int bytes) {
        return new LegacySettings(handshakeTimeout, handshakePermits, halfOpenTotal, halfOpenPerIp, bytes, eventLoops);
    }
}
