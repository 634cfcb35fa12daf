package proteus.adapters.libp2p.engine.limits;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import proteus.adapters.libp2p.engine.limits.SourceRefusal.Reason;

/**
 * Counts attempts by source within a sliding minute, in bounded memory. For one thread at a time.
 *
 * <p>A source is remembered until it has been silent for a minute, and never pushed out by others: otherwise who owns many
 * addresses could have the count of one of them forgotten. When the table is full, sources that are not in it share the
 * window of their wider network, /16 of IPv4 and /32 of IPv6. Those windows are a fixed array in which a secret hash picks
 * the place. So a flood from one network shuts out strangers from there and from few others, and a flood from
 * everywhere shuts out strangers until it ends; who is in the table notices nothing in either case.
 */
final class AttemptTable {

    /** Windows of networks: 0.4 % of other networks share one with a flooding one, for at most 256 × 8 bytes an attempt. */
    private static final int NETWORKS = 256;

    private final int attempts;
    private final int capacity;
    private final long seed;

    /** In the order of the last attempts, the longest silent first. */
    private final Map<SourceKey, AttemptWindow> sources = new LinkedHashMap<>(16, 0.75f, true);

    private final AttemptWindow[] networks = new AttemptWindow[NETWORKS];

    AttemptTable(int attempts, int capacity, long seed) {
        this.attempts = attempts;
        this.capacity = capacity;
        this.seed = seed;
        for (int place = 0; place < NETWORKS; place++) {
            networks[place] = new AttemptWindow(attempts);
        }
    }

    /** Notes an attempt, refused or not, and says why there were too many before. */
    Optional<Reason> attempt(SourceKey address, long now) {
        forgetSilent(now);
        SourceKey source = address.attempts();
        AttemptWindow known = sources.get(source);
        if (known != null) {
            return known.attempt(now) ? Optional.empty() : Optional.of(Reason.TOO_MANY_ATTEMPTS);
        }
        if (sources.size() < capacity) {
            AttemptWindow fresh = new AttemptWindow(attempts);
            fresh.attempt(now);
            sources.put(source, fresh);
            return Optional.empty();
        }
        AttemptWindow network = networks[Math.floorMod(address.network().hash(seed), NETWORKS)];
        return network.attempt(now) ? Optional.empty() : Optional.of(Reason.TOO_MANY_ATTEMPTS_OF_NETWORK);
    }

    private void forgetSilent(long now) {
        Iterator<AttemptWindow> longestSilent = sources.values().iterator();
        while (longestSilent.hasNext() && longestSilent.next().isOver(now)) {
            longestSilent.remove();
        }
    }

    int size() {
        return sources.size();
    }
}
