package proteus.bootstrap.config;

import static proteus.bootstrap.config.Heading.CHAIN;

import java.util.List;
import proteus.application.sync.SyncSettings;

/** The flags for the chain. */
final class ChainFlags {

    private static final long LEAST_SYNC_MEMORY = 1 << 20;

    static final Flag<Long> SYNC_MODE_THRESHOLD = Flag.one(
            CHAIN,
            "sync-mode-threshold",
            "BLOCKS",
            Kind.number(SyncSettings.LEAST_THRESHOLD, SyncSettings.GREATEST_THRESHOLD),
            "So many blocks more a peer must have before this node lets it show its chain and fetches it in sync mode. "
                    + "Default: " + SyncSettings.DEFAULT.threshold() + ".");

    static final Flag<Long> SYNC_MEMORY = Flag.one(
            CHAIN,
            "sync-memory",
            "SIZE",
            Kind.size(LEAST_SYNC_MEMORY),
            "The memory for blocks that were fetched and wait for those before them. Default: 64M.");

    private ChainFlags() {}

    static List<Flag<?>> all() {
        return List.of(SYNC_MODE_THRESHOLD, SYNC_MEMORY);
    }
}
