package proteus.bootstrap.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import proteus.adapters.rpc.LogLevels;
import proteus.adapters.rpc.RpcSettings;
import proteus.application.node.Node;
import proteus.application.node.NodeSettings;
import proteus.application.node.StackUse;
import proteus.application.port.Carrier;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.StoreException;
import proteus.bootstrap.assembly.RunningNode;
import proteus.bootstrap.assembly.Shutdown;
import proteus.bootstrap.config.DataDirectory;
import proteus.bootstrap.config.Libp2pConfiguration;
import proteus.bootstrap.config.NodeConfiguration;
import proteus.bootstrap.config.SourceQuotaSettings;
import proteus.bootstrap.legacy.LegacyStack;
import proteus.bootstrap.logging.LogSettings;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionSettings;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/**
 * Some nodes on regtest, on free ports of 127.0.0.1, each of which dials all that were there before it.
 *
 * <p>Their data is in a temporary directory, which goes with them. For one thread.
 */
public final class DemoNetwork implements AutoCloseable {

    private static final PeerAddress ANY_PORT = new PeerAddress(new IpAddress.V4(0x7F000001), 0);
    private static final Network REGTEST = new Network.RegTest();
    private static final long INBOUND_MEMORY = 64L << 20;
    private static final PeerTarget.Protocol PROTOCOL =
            LegacyStack.isBuilt() ? PeerTarget.Protocol.LEGACY : PeerTarget.Protocol.LIBP2P;
    private static final Carrier CARRIER = PROTOCOL.carriers().getFirst();

    private final Path directory;
    private final List<RunningNode> nodes = new ArrayList<>();
    private final List<PeerAddress> joined;
    private final Shutdown shutdown;

    private DemoNetwork(Path directory, List<PeerAddress> joined, Shutdown shutdown) {
        this.directory = directory;
        this.joined = List.copyOf(joined);
        this.shutdown = shutdown;
    }

    /**
     * Starts the nodes.
     *
     * @param size how many, at least 1
     * @param join nodes elsewhere, which each of them dials too
     * @param shutdown is told when an operator orders any of them to end
     * @throws IOException if a port or the temporary directory cannot be had
     * @throws StoreException if a store cannot be made
     */
    public static DemoNetwork start(int size, List<PeerAddress> join, LogLevels logLevels, Shutdown shutdown)
            throws IOException, StoreException {
        DemoNetwork network = new DemoNetwork(Files.createTempDirectory("proteus-demo-"), join, shutdown);
        boolean complete = false;
        try {
            for (int i = 0; i < size; i++) {
                network.add(size, logLevels);
            }
            complete = true;
            return network;
        } finally {
            if (!complete) {
                network.close();
            }
        }
    }

    private void add(int size, LogLevels logLevels) throws IOException, StoreException {
        List<PeerTarget> peers = Stream.concat(listenAddresses().stream(), joined.stream())
                .map(address -> new PeerTarget(address, PROTOCOL))
                .toList();
        int places = size + joined.size() + ConnectionSettings.DEFAULT.maxNumPeers();
        DataDirectory data = new DataDirectory(directory.resolve("node-" + (nodes.size() + 1)));
        data.create();
        NodeConfiguration configuration = new NodeConfiguration(
                new NodeSettings(
                        REGTEST,
                        connections(peers, places),
                        Set.of(),
                        Map.of(CARRIER.stack(), StackUse.BOTH),
                        List.of(new PeerEndpoint(ANY_PORT, CARRIER)),
                        peers),
                List.of(ANY_PORT.ip()),
                Libp2pConfiguration.ofRun(),
                SourceQuotaSettings.DEFAULT,
                new RpcSettings(0, data.path(), true, places),
                data,
                INBOUND_MEMORY,
                LogSettings.DEFAULT,
                List.of());
        nodes.add(RunningNode.start(configuration, logLevels, shutdown));
    }

    /** All nodes are on one IP here, so that IP may have all places. */
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

    private List<PeerAddress> listenAddresses() {
        return nodes.stream()
                .flatMap(node -> node.node().listening().stream())
                .map(PeerEndpoint::address)
                .toList();
    }

    /** The nodes, in the order in which they were started. */
    List<RunningNode> nodes() {
        return List.copyOf(nodes);
    }

    /** The nodes elsewhere that were to be joined. */
    List<PeerAddress> joined() {
        return joined;
    }

    /** Lets every node ask its peers for their tips: a little traffic to look at. */
    public void askForTips() {
        nodes.forEach(running -> running.node().requestTips());
    }

    /** Whether every node is connected to every other, and to all that were to be joined. */
    public boolean isComplete() {
        Set<InstanceId> all =
                nodes.stream().map(running -> running.node().ownInstanceId()).collect(Collectors.toUnmodifiableSet());
        return nodes.stream().map(RunningNode::node).allMatch(node -> knowsAll(node, all) && hasJoined(node));
    }

    private static boolean knowsAll(Node node, Set<InstanceId> all) {
        Set<InstanceId> known = node.peers().stream()
                .map(peer -> peer.connection().handshake().instanceId())
                .collect(Collectors.toSet());
        known.add(node.ownInstanceId());
        return known.containsAll(all);
    }

    private boolean hasJoined(Node node) {
        Set<PeerAddress> connected = node.peers().stream()
                .map(ConnectedPeer::connection)
                .map(connection -> connection.address())
                .collect(Collectors.toSet());
        return connected.containsAll(joined);
    }

    /**
     * Stops all nodes and deletes their data.
     *
     * @throws IOException if the data cannot be deleted
     * @throws StoreException if a store does not close; the others are closed all the same
     */
    @Override
    public void close() throws IOException, StoreException {
        Optional<StoreException> unclosed = Optional.empty();
        for (RunningNode node : nodes.reversed()) {
            try {
                node.close();
            } catch (StoreException failure) {
                unclosed = Optional.of(failure);
            }
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        if (unclosed.isPresent()) {
            throw unclosed.get();
        }
    }
}
