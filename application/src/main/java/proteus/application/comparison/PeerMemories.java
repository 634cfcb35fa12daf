package proteus.application.comparison;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import proteus.application.port.PeerKey;

/**
 * What is kept of peers that have no session, for a day, and only if there is something to keep: of the last {@value #MOST} that
 * were compared or taken back, and of the last {@value #MOST_BROKEN} of which it is only known that their connections broke.
 * The latter, of which anybody has as many as he likes, never take the place of the former. Safe for use by many threads.
 */
final class PeerMemories {

    /** Of how many peers that were compared something is kept, up to 1.5 kB each by the usual thresholds. */
    static final int MOST = 1024;

    /** Of how many others, up to 0.7 kB each. */
    static final int MOST_BROKEN = 256;

    private static final Duration LASTS = Duration.ofDays(1);

    private final Map<PeerKey, Kept> measured = new LinkedHashMap<>();
    private final Map<PeerKey, Kept> broken = new LinkedHashMap<>();

    private record Kept(PeerMemory memory, long since) {}

    synchronized void keep(PeerKey peer, PeerMemory memory, long now) {
        measured.remove(peer);
        broken.remove(peer);
        if (!memory.isWorthKeeping()) {
            return;
        }
        if (memory.isOfAMeasuredPeer()) {
            put(measured, MOST, peer, new Kept(memory, now));
        } else {
            put(broken, MOST_BROKEN, peer, new Kept(memory, now));
        }
    }

    private static void put(Map<PeerKey, Kept> among, int most, PeerKey peer, Kept kept) {
        if (among.size() >= most) {
            among.remove(among.keySet().iterator().next());
        }
        among.put(peer, kept);
    }

    /** What was kept of {@code peer}, which is here again; it is not kept any more. */
    synchronized Optional<PeerMemory> take(PeerKey peer, long now) {
        return Stream.of(measured, broken)
                .flatMap(kept -> Optional.ofNullable(kept.remove(peer)).stream())
                .filter(known -> now - known.since < LASTS.toNanos())
                .map(Kept::memory)
                .findFirst();
    }

    synchronized void letAllBeTriedAgain() {
        measured.replaceAll((_, kept) -> new Kept(kept.memory.triedAgain(), kept.since));
    }

    synchronized int size() {
        return measured.size() + broken.size();
    }
}
