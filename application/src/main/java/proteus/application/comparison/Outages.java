package proteus.application.comparison;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import proteus.application.port.PeerKey;

/**
 * Tells a connection that broke by itself from the moments in which those of several peers broke, which says something of this
 * node's line and nothing of a stack. Times are of {@link proteus.application.port.TaskScheduler#nanos}. Safe for use by many
 * threads.
 */
final class Outages {

    /** Connections of several peers that break within this are not broken by a stack. */
    static final Duration TOGETHER = Duration.ofSeconds(10);

    /** Of how many breaks it is known when they were; the oldest make room. */
    static final int MOST = 1024;

    private final Deque<Break> breaks = new ArrayDeque<>();

    private record Break(PeerKey peer, long at) {}

    synchronized void broke(PeerKey peer, long now) {
        if (breaks.size() == MOST) {
            breaks.remove();
        }
        breaks.add(new Break(peer, now));
    }

    /** Whether connections of several peers broke about then. */
    synchronized boolean isOne(long time) {
        return breaks.stream()
                        .filter(other -> Math.abs(other.at - time) <= TOGETHER.toNanos())
                        .map(Break::peer)
                        .distinct()
                        .count()
                > 1;
    }
}
