package proteus.bootstrap.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import proteus.adapters.rpc.RpcSettings;
import proteus.application.migration.MigrationSettings;
import proteus.application.mining.MiningSettings;
import proteus.application.node.Node;
import proteus.application.node.NodeSettings;
import proteus.application.node.StackUse;
import proteus.application.port.Carrier;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.Stack;
import proteus.application.port.StoreException;
import proteus.application.sync.SyncSettings;
import proteus.bootstrap.assembly.RunningNode;
import proteus.bootstrap.assembly.Shutdown;
import proteus.bootstrap.config.DataDirectory;
import proteus.bootstrap.config.IdentityChoice;
import proteus.bootstrap.config.Libp2pConfiguration;
import proteus.bootstrap.config.NodeConfiguration;
import proteus.bootstrap.config.SourceQuotaSettings;
import proteus.bootstrap.logging.LogSettings;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionSettings;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** A whole Proteus node, as the program assembles it, in this process. */
final class ProteusNode implements AutoCloseable {

    private final RunningNode running;
    private final Shutdown shutdown;

    private ProteusNode(RunningNode running, Shutdown shutdown) {
        this.running = running;
        this.shutdown = shutdown;
    }

    /**
     * What the node of a test is told.
     *
     * @param stacks what it uses each stack for
     * @param listening where it listens, on 127.0.0.1; port 0 for any free one
     * @param peers whom it dials
     * @param quotas what one network address may take
     * @param libp2p who it is on libp2p, and where it says that it can be reached
     */
    record Setup(
            Network network,
            Map<Stack, StackUse> stacks,
            List<PeerEndpoint> listening,
            List<PeerTarget> peers,
            int maxNumPeers,
            int maxConnectionsPerIp,
            SourceQuotaSettings quotas,
            Libp2pConfiguration libp2p) {

        private static final IpAddress LOOPBACK = new IpAddress.V4(0x7F000001);
        /** In a network that is for documentation only. */
        private static final IpAddress NOWHERE = new IpAddress.V4(0xC0000201);

        private static final SourceQuotaSettings NO_QUOTA =
                new SourceQuotaSettings(100, 100, SourceQuotaSettings.MOST_ATTEMPTS);

        /** A node on regtest that everybody may dial, over the legacy stack alone. */
        static final Setup OPEN = of(Carrier.LEGACY_TCP);

        /** The same over libp2p alone, on TCP and on QUIC. */
        static final Setup OPEN_LIBP2P = of(Carrier.LIBP2P_TCP, Carrier.LIBP2P_QUIC);

        /** The same over both stacks. */
        static final Setup OPEN_BOTH = of(Carrier.values());

        private static Setup of(Carrier... carriers) {
            List<PeerEndpoint> endpoints = Stream.of(carriers)
                    .map(carrier -> new PeerEndpoint(new PeerAddress(LOOPBACK, 0), carrier))
                    .toList();
            Map<Stack, StackUse> stacks = Stream.of(carriers)
                    .map(Carrier::stack)
                    .distinct()
                    .collect(Collectors.toUnmodifiableMap(stack -> stack, _ -> StackUse.BOTH));
            return new Setup(
                    Handshakes.REGTEST, stacks, endpoints, List.of(), 100, 100, NO_QUOTA, Libp2pConfiguration.ofRun());
        }

        Setup on(Network other) {
            return new Setup(other, stacks, listening, peers, maxNumPeers, maxConnectionsPerIp, quotas, libp2p);
        }

        /** Listening there again, after a first run. */
        Setup listeningAt(List<PeerEndpoint> endpoints) {
            return new Setup(network, stacks, endpoints, peers, maxNumPeers, maxConnectionsPerIp, quotas, libp2p);
        }

        Setup dialling(PeerAddress peer) {
            return dialling(new PeerTarget(peer, PeerTarget.Protocol.LEGACY));
        }

        Setup dialling(PeerTarget peer) {
            return new Setup(
                    network, stacks, listening, List.of(peer), maxNumPeers, maxConnectionsPerIp, quotas, libp2p);
        }

        Setup withPlaces(int most, int perIp) {
            return new Setup(network, stacks, listening, peers, most, perIp, quotas, libp2p);
        }

        /** With the limits of a node whose operator says nothing. */
        Setup withUsualLimits() {
            ConnectionSettings usual = ConnectionSettings.DEFAULT;
            return new Setup(
                    network,
                    stacks,
                    listening,
                    peers,
                    usual.maxNumPeers(),
                    usual.maxConnectionsPerIp(),
                    SourceQuotaSettings.DEFAULT,
                    libp2p);
        }

        /** As the one whose key is in {@code file}, which is made if it is not there. */
        Setup as(Path file) {
            return with(new Libp2pConfiguration(
                    new IdentityChoice.Stored(file, false), libp2p.publicIps(), libp2p.nativeSessions()));
        }

        /** Telling nobody where it listens: a real node dials whom it can, also when nobody asks it to. */
        Setup hidden() {
            return with(new Libp2pConfiguration(libp2p.identity(), List.of(NOWHERE), libp2p.nativeSessions()));
        }

        private Setup with(Libp2pConfiguration other) {
            return new Setup(network, stacks, listening, peers, maxNumPeers, maxConnectionsPerIp, quotas, other);
        }

        /** What the node itself keeps to. */
        NodeSettings node() {
            ConnectionSettings usual = ConnectionSettings.DEFAULT;
            ConnectionSettings connections = new ConnectionSettings(
                    peers.stream().map(PeerTarget::address).collect(Collectors.toUnmodifiableSet()),
                    usual.restrictPeersToList(),
                    usual.noIncoming(),
                    maxNumPeers,
                    maxConnectionsPerIp,
                    usual.peerTolerance(),
                    usual.handshakeTimeout(),
                    usual.maxBlocksServedPerMinute());
            return new NodeSettings(network, connections, Set.of(), stacks, listening, peers);
        }
    }

    /** Starts a node that keeps its data in {@code directory}. */
    static ProteusNode start(Path directory, Setup setup) throws IOException, StoreException {
        return start(directory, setup, MiningSettings.DEFAULT);
    }

    /** The same that mines so. */
    static ProteusNode start(Path directory, Setup setup, MiningSettings mining) throws IOException, StoreException {
        return start(directory, setup, mining, MigrationSettings.WITHOUT_STAGE);
    }

    /** The same that migrates so. */
    static ProteusNode start(Path directory, Setup setup, MigrationSettings migration)
            throws IOException, StoreException {
        return start(directory, setup, MiningSettings.DEFAULT, migration);
    }

    private static ProteusNode start(Path directory, Setup setup, MiningSettings mining, MigrationSettings migration)
            throws IOException, StoreException {
        DataDirectory data = new DataDirectory(directory);
        data.create();
        NodeConfiguration configuration = new NodeConfiguration(
                setup.node(),
                List.of(Setup.LOOPBACK),
                setup.libp2p(),
                setup.quotas(),
                new RpcSettings(0, data.path(), true, setup.maxNumPeers()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                data,
                SyncSettings.DEFAULT,
                mining,
                migration,
                64L << 20,
                LogSettings.DEFAULT,
                List.of());
        Shutdown shutdown = new Shutdown();
        return new ProteusNode(RunningNode.start(configuration, (_, _) -> {}, shutdown), shutdown);
    }

    Node node() {
        return running.node();
    }

    /** Where it takes legacy connections. */
    PeerAddress address() {
        return node().ownListenAddress().orElseThrow();
    }

    /** Where it takes connections by {@code carrier}. */
    PeerEndpoint endpoint(Carrier carrier) {
        return node().listening().stream()
                .filter(endpoint -> endpoint.carrier() == carrier)
                .findFirst()
                .orElseThrow();
    }

    /** The real client, for this node. */
    NeptuneCli cli(RealPrograms programs) {
        return new NeptuneCli(programs, running.rpcPort());
    }

    /** Waits until it has exactly one peer. */
    ConnectedPeer onlyPeer() throws Exception {
        return Eventually.until("Proteus has one peer", node()::peers, peers -> peers.size() == 1)
                .getFirst();
    }

    /** The order to end, which an operator gives over RPC. */
    Shutdown shutdown() {
        return shutdown;
    }

    /** Ends it before the end of the test, as the program does when the order to end was given. */
    void stop() throws StoreException {
        running.close();
    }

    @Override
    public void close() throws StoreException {
        stop();
    }
}
