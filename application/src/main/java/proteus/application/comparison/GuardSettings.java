package proteus.application.comparison;

import java.time.Duration;
import proteus.domain.comparison.Thresholds;

/**
 * What a node is told about the comparison of its stacks at its start.
 *
 * @param on whether sessions are taken back from libp2p where that is worse
 * @param probeEvery how often a peer is asked for peers to measure how long it takes; zero for never
 * @param thresholds from when on libp2p is worse
 */
public record GuardSettings(boolean on, Duration probeEvery, Thresholds thresholds) {

    /** For a node that is told nothing. */
    public static final GuardSettings DEFAULT = new GuardSettings(true, Duration.ofSeconds(30), Thresholds.DEFAULT);

    public GuardSettings {
        if (probeEvery.isNegative()) {
            throw new IllegalArgumentException("a probe every " + probeEvery);
        }
    }

    /** Whether the guard is on, but probes alone never give it enough to compare. */
    public boolean isBlind() {
        Duration needed = probeEvery.multipliedBy(thresholds.minSamples());
        return on && (probeEvery.isZero() || needed.compareTo(thresholds.window()) > 0);
    }
}
