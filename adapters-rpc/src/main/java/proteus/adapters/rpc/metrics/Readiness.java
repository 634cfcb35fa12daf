package proteus.adapters.rpc.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import proteus.application.port.NodeControl;
import proteus.application.port.SyncStatus;

/** Whether a node does for others what a node is there for. Safe for use by many threads. */
final class Readiness {

    /** How many blocks a node may be behind and still count as one that follows the chain. */
    static final long MOST_BEHIND = 10;

    private final NodeControl control;

    Readiness(NodeControl control) {
        this.control = control;
    }

    /** Why it is not ready, a line each; empty if it is. */
    List<String> reasonsAgainst() {
        List<String> reasons = new ArrayList<>();
        if (control.peers().isEmpty()) {
            reasons.add(
                    control.listening().isEmpty()
                            ? "no peer is connected, and this node listens nowhere"
                            : "no peer is connected");
        }
        if (control.frozen()) {
            reasons.add("it is frozen: blocks, proposals and transactions are ignored");
        }
        behind(control.syncStatus()).ifPresent(reasons::add);
        return reasons;
    }

    /** A mere claim of a better chain is no reason: any peer could make a node unready with it. */
    private static Optional<String> behind(SyncStatus status) {
        return switch (status) {
            case SyncStatus.Unknown _, SyncStatus.Challenging _, SyncStatus.Synced _ -> Optional.empty();
            case SyncStatus.Syncing syncing when syncing.target() - syncing.height() <= MOST_BEHIND -> Optional.empty();
            case SyncStatus.Syncing syncing ->
                Optional.of("it is " + (syncing.target() - syncing.height()) + " blocks behind, at " + syncing.height()
                        + " of " + syncing.target());
        };
    }
}
