package proteus.bootstrap.assembly;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import proteus.adapters.persistence.RocksDbChainStore;
import proteus.adapters.rpc.RpcSettings;
import proteus.adapters.rpc.dashboard.DashboardSettings;
import proteus.adapters.rpc.metrics.MetricsSettings;
import proteus.application.contract.ComposedChain;
import proteus.application.migration.MigrationSettings;
import proteus.application.mining.MiningSettings;
import proteus.application.node.NodeSettings;
import proteus.application.node.StackUse;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.Stack;
import proteus.application.port.StoreException;
import proteus.application.sync.SyncSettings;
import proteus.bootstrap.config.DataDirectory;
import proteus.bootstrap.config.Libp2pConfiguration;
import proteus.bootstrap.config.NodeConfiguration;
import proteus.bootstrap.config.SourceQuotaSettings;
import proteus.bootstrap.legacy.LegacyStack;
import proteus.bootstrap.logging.LogSettings;
import proteus.domain.block.BlockHeight;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionSettings;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** Nodes on regtest, on free ports of loopback. */
public final class TestNodes {

    /** Any free port of 127.0.0.1. */
    public static final PeerAddress ANY_PORT = new PeerAddress(new IpAddress.V4(0x7F000001), 0);

    private static final PeerTarget.Protocol PROTOCOL =
            LegacyStack.isBuilt() ? PeerTarget.Protocol.LEGACY : PeerTarget.Protocol.LIBP2P;
    private static final Carrier CARRIER = PROTOCOL.carriers().getFirst();

    /** What one place of the network may take that is all the network of a test. */
    static final SourceQuotaSettings PLENTY = new SourceQuotaSettings(1000, 1000, 1000);

    private static final Optional<DashboardSettings> DASHBOARD =
            Optional.of(new DashboardSettings(ANY_PORT, "of a test", ""));

    private static final long INBOUND_MEMORY = 64L << 20;

    private TestNodes() {}

    /** Connections as a node takes them whose operator says nothing, but for so many places, also for one IP. */
    public static ConnectionSettings places(int places, PeerAddress... peers) {
        ConnectionSettings usual = ConnectionSettings.DEFAULT;
        return new ConnectionSettings(
                Set.of(peers),
                false,
                false,
                places,
                places,
                usual.peerTolerance(),
                usual.handshakeTimeout(),
                usual.maxBlocksServedPerMinute());
    }

    /** What a node is told that keeps its data in {@code directory} and has these connections. */
    public static NodeConfiguration configuration(Path directory, ConnectionSettings connections, long inboundMemory) {
        List<PeerTarget> peers = connections.configuredPeers().stream()
                .map(address -> new PeerTarget(address, PROTOCOL))
                .collect(Collectors.toUnmodifiableList());
        DataDirectory data = new DataDirectory(directory);
        return new NodeConfiguration(
                new NodeSettings(
                        new Network.RegTest(),
                        connections,
                        Set.of(),
                        Map.of(CARRIER.stack(), StackUse.BOTH),
                        List.of(new PeerEndpoint(ANY_PORT, CARRIER)),
                        peers),
                List.of(ANY_PORT.ip()),
                Libp2pConfiguration.ofRun(),
                PLENTY,
                new RpcSettings(0, data.path(), true, connections.maxNumPeers()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                data,
                SyncSettings.DEFAULT,
                MiningSettings.DEFAULT,
                MigrationSettings.WITHOUT_STAGE,
                inboundMemory,
                LogSettings.DEFAULT,
                List.of());
    }

    /** The same for a node on both stacks, libp2p over TCP and over QUIC, where each place may take so much. */
    static NodeConfiguration onBothStacks(Path directory, ConnectionSettings connections, SourceQuotaSettings quotas) {
        NodeConfiguration usual = configuration(directory, connections, INBOUND_MEMORY);
        NodeSettings node = new NodeSettings(
                usual.node().network(),
                connections,
                Set.of(),
                Map.of(Stack.LEGACY, StackUse.BOTH, Stack.LIBP2P, StackUse.BOTH),
                Stream.of(Carrier.values())
                        .map(carrier -> new PeerEndpoint(ANY_PORT, carrier))
                        .toList(),
                usual.node().peers());
        return new NodeConfiguration(
                node,
                usual.listenCandidates(),
                usual.libp2p(),
                quotas,
                usual.rpc(),
                usual.jsonRpc(),
                usual.metrics(),
                usual.dashboard(),
                usual.data(),
                usual.sync(),
                usual.mining(),
                usual.migration(),
                usual.inboundMemory(),
                usual.log(),
                usual.warnings());
    }

    /** The same for a node that serves metrics on any free port. */
    public static NodeConfiguration withMetrics(NodeConfiguration usual) {
        return new NodeConfiguration(
                usual.node(),
                usual.listenCandidates(),
                usual.libp2p(),
                usual.quotas(),
                usual.rpc(),
                usual.jsonRpc(),
                Optional.of(new MetricsSettings(ANY_PORT, "of a test", "")),
                usual.dashboard(),
                usual.data(),
                usual.sync(),
                usual.mining(),
                usual.migration(),
                usual.inboundMemory(),
                usual.log(),
                usual.warnings());
    }

    /** Starts a node without peers, with a dashboard on any free port. */
    public static RunningNode startWithDashboard(Path directory) throws IOException, StoreException {
        NodeConfiguration usual = configuration(directory, places(1), INBOUND_MEMORY);
        return start(with(usual, usual.migration(), DASHBOARD));
    }

    /** Starts a node on both stacks that dials its peers over legacy and migrates so. */
    public static RunningNode startMigrating(
            Path directory, ConnectionSettings connections, MigrationSettings migration)
            throws IOException, StoreException {
        return start(with(onBothStacks(directory, connections, PLENTY), migration, Optional.empty()));
    }

    /** The same, with a dashboard on any free port. */
    public static RunningNode startWatched(Path directory, ConnectionSettings connections, MigrationSettings migration)
            throws IOException, StoreException {
        return start(with(onBothStacks(directory, connections, PLENTY), migration, DASHBOARD));
    }

    private static NodeConfiguration with(
            NodeConfiguration usual, MigrationSettings migration, Optional<DashboardSettings> dashboard) {
        return new NodeConfiguration(
                usual.node(),
                usual.listenCandidates(),
                usual.libp2p(),
                usual.quotas(),
                usual.rpc(),
                usual.jsonRpc(),
                usual.metrics(),
                dashboard,
                usual.data(),
                usual.sync(),
                usual.mining(),
                migration,
                usual.inboundMemory(),
                usual.log(),
                usual.warnings());
    }

    /**
     * Starts a node on a network with mock proofs that has this chain, and that bears with a peer that is killed again and
     * again: each challenge costs that one standing.
     */
    static RunningNode serving(Path directory, Network network, ComposedChain chain)
            throws IOException, StoreException {
        ConnectionSettings usual = ConnectionSettings.DEFAULT;
        ConnectionSettings lenient = new ConnectionSettings(
                Set.of(), false, false, 100, 100, 0xFFFF, usual.handshakeTimeout(), Integer.MAX_VALUE);
        NodeConfiguration regtest = configuration(directory, lenient, INBOUND_MEMORY);
        NodeConfiguration configuration = new NodeConfiguration(
                new NodeSettings(
                        network,
                        lenient,
                        Set.of(),
                        regtest.node().stacks(),
                        regtest.node().listenEndpoints(),
                        List.of()),
                regtest.listenCandidates(),
                regtest.libp2p(),
                regtest.quotas(),
                regtest.rpc(),
                regtest.jsonRpc(),
                regtest.metrics(),
                regtest.dashboard(),
                regtest.data(),
                regtest.sync(),
                regtest.mining(),
                regtest.migration(),
                regtest.inboundMemory(),
                regtest.log(),
                regtest.warnings());
        write(configuration.data().chainStore(), chain);
        return start(configuration);
    }

    /** Makes a chain store of this chain. */
    static void write(Path store, ComposedChain chain) throws StoreException {
        try (RocksDbChainStore open = RocksDbChainStore.open(store)) {
            open.adopt(chain.blocks(), BlockHeight.GENESIS, chain.digests(0, chain.height()));
        }
    }

    /** Starts such a node. */
    public static RunningNode start(Path directory, ConnectionSettings connections, long inboundMemory)
            throws IOException, StoreException {
        return start(configuration(directory, connections, inboundMemory));
    }

    /** Starts a node that is told this. */
    public static RunningNode start(NodeConfiguration configuration) throws IOException, StoreException {
        configuration.data().create();
        return RunningNode.start(configuration, (_, _) -> {}, new Shutdown());
    }
}
