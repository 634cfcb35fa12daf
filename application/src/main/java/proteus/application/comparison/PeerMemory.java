package proteus.application.comparison;

import java.util.List;
import java.util.Optional;
import proteus.domain.comparison.PeerGuard;
import proteus.domain.comparison.Side;

/**
 * What is kept of a peer while it has no session. Times are of {@link proteus.application.port.TaskScheduler#nanos}.
 *
 * @param guard what is thought of it
 * @param baseline what was measured with it on legacy before it was moved
 * @param legacyBreaks when its last connections over legacy broke
 * @param libp2pBreaks the same over libp2p
 */
record PeerMemory(PeerGuard guard, Optional<Baseline> baseline, List<Long> legacyBreaks, List<Long> libp2pBreaks) {

    /** Of a peer that was never here. */
    static final PeerMemory NONE = new PeerMemory(PeerGuard.NEW, Optional.empty(), List.of(), List.of());

    /**
     * What was measured on legacy.
     *
     * @param at when the last of it was
     */
    record Baseline(Side side, long at) {}

    /** Whether there is anything to keep. */
    boolean isWorthKeeping() {
        return !equals(NONE);
    }

    /** Whether more is known than that connections broke, which takes nothing but to break them. */
    boolean isOfAMeasuredPeer() {
        return baseline.isPresent() || !guard.equals(PeerGuard.NEW);
    }

    /** The same, but it may be tried again. */
    PeerMemory triedAgain() {
        return new PeerMemory(guard.triedAgain(), baseline, legacyBreaks, libp2pBreaks);
    }
}
