package proteus.adapters.libp2p.engine.limits;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import proteus.adapters.libp2p.engine.limits.SourceRefusal.Reason;

/** Counts open connections by address and by prefix. For one thread at a time. */
final class OpenConnections {

    private final SourceLimitSettings settings;

    /** Only sources with an open connection are in here; the addresses bound the prefixes. */
    private final Map<SourceKey, Integer> byAddress = new HashMap<>();

    private final Map<SourceKey, Integer> byPrefix = new HashMap<>();

    OpenConnections(SourceLimitSettings settings) {
        this.settings = settings;
    }

    /** Why one more connection from {@code address} is too many. */
    Optional<Reason> refusal(SourceKey address, boolean addressIsLimited) {
        if (addressIsLimited && reaches(byAddress.getOrDefault(address, 0), settings.openPerAddress())) {
            return Optional.of(Reason.TOO_MANY_OPEN_FROM_ADDRESS);
        }
        if (reaches(byPrefix.getOrDefault(address.prefix(), 0), settings.openPerPrefix())) {
            return Optional.of(Reason.TOO_MANY_OPEN_FROM_PREFIX);
        }
        return byAddress.size() >= settings.sources() && !byAddress.containsKey(address)
                ? Optional.of(Reason.TOO_MANY_SOURCES)
                : Optional.empty();
    }

    private static boolean reaches(int open, int limit) {
        return limit > 0 && open >= limit;
    }

    void add(SourceKey address) {
        byAddress.merge(address, 1, Integer::sum);
        byPrefix.merge(address.prefix(), 1, Integer::sum);
    }

    void remove(SourceKey address) {
        removeOne(byAddress, address);
        removeOne(byPrefix, address.prefix());
    }

    private static void removeOne(Map<SourceKey, Integer> counts, SourceKey key) {
        counts.computeIfPresent(key, (same, open) -> open == 1 ? null : open - 1);
    }

    int size() {
        return byAddress.size();
    }
}
