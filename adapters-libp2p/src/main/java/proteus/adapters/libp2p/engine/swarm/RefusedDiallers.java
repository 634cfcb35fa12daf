package proteus.adapters.libp2p.engine.swarm;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The QUIC diallers that were refused a moment ago. A refusal is silence, so they send their first packet again and again,
 * which is one attempt and not many. On the listener's event loop.
 */
final class RefusedDiallers {

    /** So long a dialler goes on with one attempt: twice the time that rust-libp2p gives a handshake. */
    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    /** How many are remembered; when there are more, the oldest count as new ones. */
    private static final int MOST = 1024;

    private final InstantSource clock;
    private final Map<InetSocketAddress, Instant> refused = new LinkedHashMap<>();

    RefusedDiallers(InstantSource clock) {
        this.clock = clock;
    }

    void add(InetSocketAddress dialler) {
        refused.put(dialler, clock.instant());
        if (refused.size() > MOST) {
            refused.remove(refused.keySet().iterator().next());
        }
    }

    /** Whether {@code dialler} goes on with an attempt that was refused. */
    boolean goesOn(InetSocketAddress dialler) {
        Instant since = refused.get(dialler);
        if (since == null) {
            return false;
        }
        if (since.plus(ATTEMPT).isAfter(clock.instant())) {
            return true;
        }
        refused.remove(dialler);
        return false;
    }
}
