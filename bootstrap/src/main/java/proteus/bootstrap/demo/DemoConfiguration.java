package proteus.bootstrap.demo;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import proteus.adapters.rpc.RpcSettings;
import proteus.adapters.rpc.dashboard.DashboardSettings;
import proteus.application.migration.MigrationSettings;
import proteus.application.mining.MiningSettings;
import proteus.application.node.NodeSettings;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.Stage;
import proteus.application.sync.SyncSettings;
import proteus.bootstrap.config.Build;
import proteus.bootstrap.config.DataDirectory;
import proteus.bootstrap.config.IdentityChoice;
import proteus.bootstrap.config.Libp2pConfiguration;
import proteus.bootstrap.config.NodeConfiguration;
import proteus.bootstrap.config.SourceQuotaSettings;
import proteus.bootstrap.legacy.LegacyStack;
import proteus.bootstrap.logging.LogSettings;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionSettings;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** What a node of the demo is told. */
final class DemoConfiguration {

    private static final PeerAddress ANY_PORT = new PeerAddress(new IpAddress.V4(0x7F000001), 0);
    /** The command that prints links knows nothing of the demo's data directories. */
    private static final String LINKS = "The demo shows a new link that may set the stage in its terminal.";

    private static final long INBOUND_MEMORY = 64L << 20;

    /** Nobody watches a demo for a day. */
    private static final int MOVES_PER_DAY = 100;

    private DemoConfiguration() {}

    /**
     * For a node that plays {@code role}, with its data in {@code data}.
     *
     * @param peers whom it dials
     * @param places how many peers it may have; they may all be on one IP, as the nodes of the demo are
     * @param identity the file with its key for libp2p
     */
    static NodeConfiguration of(Role role, List<PeerTarget> peers, int places, DataDirectory data, Path identity) {
        return new NodeConfiguration(
                new NodeSettings(
                        new Network.RegTest(),
                        connections(peers, places),
                        Set.of(),
                        Role.uses(),
                        endpoints(role),
                        peers),
                List.of(ANY_PORT.ip()),
                new Libp2pConfiguration(new IdentityChoice.Stored(identity, false), List.of(), true),
                new SourceQuotaSettings(places, places, SourceQuotaSettings.MOST_ATTEMPTS),
                new RpcSettings(0, data.path(), true, places),
                Optional.empty(),
                Optional.empty(),
                dashboard(role),
                data,
                SyncSettings.DEFAULT,
                MiningSettings.DEFAULT,
                migration(places),
                INBOUND_MEMORY,
                LogSettings.DEFAULT,
                List.of());
    }

    /** Of one of them, on a port that is surely free. */
    private static Optional<DashboardSettings> dashboard(Role role) {
        Build build = Build.read();
        return role == Role.WATCHED
                ? Optional.of(new DashboardSettings(ANY_PORT, build.version(), build.commit(), LINKS))
                : Optional.empty();
    }

    private static MigrationSettings migration(int places) {
        Stage stage = LegacyStack.isBuilt() ? Stage.DUAL : Stage.LIBP2P_ONLY;
        return new MigrationSettings(Optional.of(stage), Optional.of(0), false, places, 0, MOVES_PER_DAY, Map.of());
    }

    private static List<PeerEndpoint> endpoints(Role role) {
        return Arrays.stream(Carrier.values())
                .filter(role::listensBy)
                .map(carrier -> new PeerEndpoint(ANY_PORT, carrier))
                .toList();
    }

    private static ConnectionSettings connections(List<PeerTarget> peers, int places) {
        ConnectionSettings usual = ConnectionSettings.DEFAULT;
        return new ConnectionSettings(
                peers.stream().map(PeerTarget::address).collect(Collectors.toUnmodifiableSet()),
                usual.restrictPeersToList(),
                usual.noIncoming(),
                places,
                places,
                usual.peerTolerance(),
                usual.handshakeTimeout(),
                usual.maxBlocksServedPerMinute());
    }
}
