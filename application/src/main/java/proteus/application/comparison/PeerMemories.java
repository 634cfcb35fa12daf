package proteus.application.comparison;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import proteus.application.port.PeerKey;

/**
 * What is kept of peers that have no session: of the last {@value #MOST}, for a day, and only if there is something to keep.
 * Safe for use by many threads.
 */
final class PeerMemories {

    /** Of how many peers something is kept, some 300 bytes each. */
    static final int MOST = 1024;

    private static final Duration LASTS = Duration.ofDays(1);

    private final Map<PeerKey, Kept> kept = new LinkedHashMap<>();

    private record Kept(PeerMemory memory, long since) {}

    synchronized void keep(PeerKey peer, PeerMemory memory, long now) {
        kept.remove(peer);
        if (!memory.isWorthKeeping()) {
            return;
        }
        if (kept.size() >= MOST) {
            kept.remove(kept.keySet().iterator().next());
        }
        kept.put(peer, new Kept(memory, now));
    }

    /** What was kept of {@code peer}, which is here again; it is not kept any more. */
    synchronized Optional<PeerMemory> take(PeerKey peer, long now) {
        @Nullable Kept found = kept.remove(peer);
        return Optional.ofNullable(found)
                .filter(known -> now - known.since < LASTS.toNanos())
                .map(Kept::memory);
    }

    synchronized int size() {
        return kept.size();
    }
}
