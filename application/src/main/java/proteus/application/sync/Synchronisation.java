package proteus.application.sync;

import proteus.application.port.SyncStatus;
import proteus.domain.block.BlockHeight;

/** The sync that goes on, if one does. Safe for use by many threads. */
public final class Synchronisation {

    private final SyncSettings settings;
    private volatile SyncStatus status = new SyncStatus.Unknown();

    /** No sync yet. */
    public Synchronisation(SyncSettings settings) {
        this.settings = settings;
    }

    /** How this node catches up. */
    public SyncSettings settings() {
        return settings;
    }

    /** Whether a sync goes on, which is when there is a sync anchor. */
    public boolean active() {
        return false;
    }

    /** How far this node is behind the network. */
    public SyncStatus status() {
        return status;
    }

    /** A peer announced a tip that is not better than this node's. */
    public void announcedNoBetter(BlockHeight announced, BlockHeight own) {
        if (announced.equals(own) && status instanceof SyncStatus.Unknown) {
            status = new SyncStatus.Synced();
        }
    }
}
