package proteus.application.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import proteus.domain.peer.IpAddress;

/**
 * How often peers are looked for on another stack: {@value #PER_PEER} times a minute each, and {@value #PER_IP} times a
 * minute at one IP whatever peers are there. What is remembered is a minute old at most. Safe for use by many threads.
 */
final class AttemptBudget {

    /** The most attempts a minute to find one peer. */
    static final int PER_PEER = 3;

    /** The most attempts a minute at one IP. */
    static final int PER_IP = 24;

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_KEPT = 4096;

    private final Map<String, Deque<Instant>> attempts = new HashMap<>();

    /** Counts an attempt to find {@code peer} at {@code ip}; false if it must not be made now, and is not counted. */
    synchronized boolean spend(String peer, IpAddress ip, Instant now) {
        if (!allows(peer, ip, now)) {
            return false;
        }
        attempts.computeIfAbsent("peer " + peer, _ -> new ArrayDeque<>(PER_PEER))
                .add(now);
        attempts.computeIfAbsent("ip " + ip, _ -> new ArrayDeque<>(PER_PEER)).add(now);
        return true;
    }

    /** Whether an attempt to find {@code peer} at {@code ip} may be made now. */
    synchronized boolean allows(String peer, IpAddress ip, Instant now) {
        forgetOld(now);
        return count("peer " + peer) < PER_PEER && count("ip " + ip) < PER_IP && attempts.size() <= MOST_KEPT;
    }

    private int count(String what) {
        @Nullable Deque<Instant> times = attempts.get(what);
        return times == null ? 0 : times.size();
    }

    private void forgetOld(Instant now) {
        Instant old = now.minus(WINDOW);
        attempts.values().removeIf(times -> {
            times.removeIf(time -> !time.isAfter(old));
            return times.isEmpty();
        });
    }
}
