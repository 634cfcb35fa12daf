package proteus.adapters.rpc.metrics;

import static proteus.adapters.rpc.metrics.Families.one;
import static proteus.adapters.rpc.metrics.Families.state;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import proteus.application.port.NodeControl;
import proteus.application.port.StoreException;
import proteus.application.port.SyncStatus;

/** All metrics of one node, and of the process it is in. Safe for use by many threads. */
final class NodeMetrics {

    private static final System.Logger LOGGER = System.getLogger(NodeMetrics.class.getName());
    private static final List<String> SYNC_STATES = List.of("unknown", "challenging", "syncing", "synced");

    private final MetricsSettings settings;
    private final NodeControl control;
    private final PeerMetrics peers;
    private final MigrationMetrics migration;
    private final InstrumentMetrics instruments;
    private final ComparisonMetrics comparison;
    private final ProcessMetrics process = new ProcessMetrics();

    NodeMetrics(MetricsSettings settings, NodeControl control, InstrumentMetrics instruments) {
        this.settings = settings;
        this.control = control;
        this.instruments = instruments;
        this.peers = new PeerMetrics(control);
        this.migration = new MigrationMetrics(control);
        this.comparison = new ComparisonMetrics(control);
    }

    /** How everything is now. */
    MetricSnapshots collect() {
        Families families = new Families()
                .info(
                        "proteus_build",
                        "Which build of Proteus this is.",
                        "version",
                        settings.version(),
                        "commit",
                        settings.commit())
                .info(
                        "proteus_network",
                        "Which network the node belongs to.",
                        "network",
                        control.network().id());
        addChainTo(families);
        peers.addTo(families);
        addStoredTo(families);
        migration.addTo(families);
        instruments.addTo(families);
        comparison.addTo(families);
        process.addTo(families);
        return families.build();
    }

    private void addChainTo(Families families) {
        long height = control.tipHeader().height().value();
        SyncStatus status = control.syncStatus();
        families.gauge("proteus_block_height", "Height of the node's tip.", one(height))
                .gauge(
                        "proteus_frozen",
                        "1 if an operator froze the node, so that it ignores blocks and transactions, else 0.",
                        one(control.frozen() ? 1 : 0))
                .gauge(
                        "proteus_sync_state",
                        "1 for how far the node has caught up with the network, as far as it can tell, else 0.",
                        state("state", SYNC_STATES, name(status)));
        SyncStatus.Syncing sync = switch (status) {
            case SyncStatus.Syncing syncing -> syncing;
            case SyncStatus.Unknown _, SyncStatus.Challenging _, SyncStatus.Synced _ ->
                new SyncStatus.Syncing(height, height, 0, 0, Optional.empty());
        };
        families.gauge(
                        "proteus_sync_height",
                        "Height of the last block that a sync fetched and checked; the tip's when there is no sync.",
                        one(sync.height()))
                .gauge(
                        "proteus_sync_target_height",
                        "Height of the last block that a sync is to fetch; the tip's when there is no sync.",
                        one(sync.target()))
                .gauge(
                        "proteus_sync_blocks_per_second",
                        "How fast a sync goes; 0 when there is none.",
                        one(sync.blocksPerSecond()))
                .gauge(
                        "proteus_sync_peers",
                        "How many peers serve blocks to a sync; 0 when there is none.",
                        one(sync.peers()));
    }

    private static String name(SyncStatus status) {
        return switch (status) {
            case SyncStatus.Unknown _ -> "unknown";
            case SyncStatus.Challenging _ -> "challenging";
            case SyncStatus.Syncing _ -> "syncing";
            case SyncStatus.Synced _ -> "synced";
        };
    }

    /** What cannot be read is left out, and told: the rest is needed most when something is wrong. */
    private void addStoredTo(Families families) {
        boolean readable = true;
        try {
            int known = control.addressBookSize();
            int banned = control.bannedPeers();
            families.gauge("proteus_known_addresses", "How many addresses of peers are remembered.", one(known))
                    .gauge("proteus_banned_addresses", "How many IP addresses are banned.", one(banned));
        } catch (StoreException failure) {
            LOGGER.log(Level.WARNING, "metrics without what the peer store holds: {0}", failure.getMessage());
            readable = false;
        }
        families.gauge(
                "proteus_peer_store_readable",
                "1 if the peer store could be read for this scrape, else 0; look into the node's log then.",
                one(readable ? 1 : 0));
    }
}
