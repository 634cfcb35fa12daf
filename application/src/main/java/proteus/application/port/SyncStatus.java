package proteus.application.port;

import java.time.Duration;
import java.util.Optional;

/** How far this node is behind the network, as far as it can tell. */
public sealed interface SyncStatus {

    /** No peer has shown a tip yet that would tell. */
    record Unknown() implements SyncStatus {}

    /**
     * Peers claim a chain that is far better, and have been challenged to show it.
     *
     * @param openChallenges how many have not answered yet, positive
     */
    record Challenging(int openChallenges) implements SyncStatus {}

    /**
     * The blocks of a better chain are being fetched.
     *
     * @param height of the last block that was checked and stored; it may stand on a branch that is not the chain yet
     * @param target the height of the last block to fetch
     * @param blocksPerSecond how fast it went lately, not negative
     * @param peers how many peers serve blocks
     * @param timeLeft at that pace; empty while that cannot be told
     */
    record Syncing(long height, long target, double blocksPerSecond, int peers, Optional<Duration> timeLeft)
            implements SyncStatus {

        /** How much of the chain there is, in [0, 1]. */
        public double fraction() {
            return target == 0 ? 1 : Math.min(1, (double) height / target);
        }
    }

    /** No connected peer shows a better chain. */
    record Synced() implements SyncStatus {}
}
