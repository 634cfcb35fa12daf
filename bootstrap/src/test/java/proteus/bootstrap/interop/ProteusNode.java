package proteus.bootstrap.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import proteus.adapters.rpc.RpcSettings;
import proteus.application.node.Node;
import proteus.application.node.NodeSettings;
import proteus.application.node.StackUse;
import proteus.application.port.Carrier;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.Stack;
import proteus.application.port.StoreException;
import proteus.bootstrap.assembly.RunningNode;
import proteus.bootstrap.assembly.Shutdown;
import proteus.bootstrap.config.DataDirectory;
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
     * @param listenPort 0 for any free one
     * @param peers whom it dials
     */
    record Setup(Network network, int listenPort, List<PeerAddress> peers, int maxNumPeers, int maxConnectionsPerIp) {

        /** A node on regtest that everybody may dial. */
        static final Setup OPEN = new Setup(Handshakes.REGTEST, 0, List.of(), 100, 100);

        Setup on(Network other) {
            return new Setup(other, listenPort, peers, maxNumPeers, maxConnectionsPerIp);
        }

        Setup listeningAt(int port) {
            return new Setup(network, port, peers, maxNumPeers, maxConnectionsPerIp);
        }

        Setup dialling(PeerAddress peer) {
            return new Setup(network, listenPort, List.of(peer), maxNumPeers, maxConnectionsPerIp);
        }

        Setup withPlaces(int most, int perIp) {
            return new Setup(network, listenPort, peers, most, perIp);
        }

        /** What the node itself keeps to. */
        NodeSettings node() {
            ConnectionSettings usual = ConnectionSettings.DEFAULT;
            List<PeerTarget> targets = peers.stream()
                    .map(address -> new PeerTarget(address, PeerTarget.Protocol.LEGACY))
                    .toList();
            ConnectionSettings connections = new ConnectionSettings(
                    targets.stream().map(PeerTarget::address).collect(Collectors.toUnmodifiableSet()),
                    usual.restrictPeersToList(),
                    usual.noIncoming(),
                    maxNumPeers,
                    maxConnectionsPerIp,
                    usual.peerTolerance(),
                    usual.handshakeTimeout(),
                    usual.maxBlocksServedPerMinute());
            return new NodeSettings(
                    network,
                    connections,
                    Set.of(),
                    Map.of(Stack.LEGACY, StackUse.BOTH),
                    List.of(new PeerEndpoint(listenAddress(), Carrier.LEGACY_TCP)),
                    targets);
        }

        PeerAddress listenAddress() {
            return new PeerAddress(new IpAddress.V4(0x7F000001), listenPort);
        }
    }

    /** Starts a node that keeps its data in {@code directory}. */
    static ProteusNode start(Path directory, Setup setup) throws IOException, StoreException {
        DataDirectory data = new DataDirectory(directory);
        data.create();
        NodeConfiguration configuration = new NodeConfiguration(
                setup.node(),
                List.of(setup.listenAddress().ip()),
                Libp2pConfiguration.ofRun(),
                SourceQuotaSettings.DEFAULT,
                new RpcSettings(0, data.path(), true, setup.maxNumPeers()),
                data,
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
