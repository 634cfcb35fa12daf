package proteus.bootstrap.drill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import proteus.application.contract.Await;
import proteus.application.migration.MigrationSettings;
import proteus.application.node.Node;
import proteus.application.node.NodeSettings;
import proteus.application.node.StackUse;
import proteus.application.port.Carrier;
import proteus.application.port.JournalEntry;
import proteus.application.port.MoveOutcome;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.Rollout;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.application.port.StoreException;
import proteus.bootstrap.assembly.RunningNode;
import proteus.bootstrap.assembly.Shutdown;
import proteus.bootstrap.assembly.TestNodes;
import proteus.bootstrap.config.IdentityChoice;
import proteus.bootstrap.config.Libp2pConfiguration;
import proteus.bootstrap.config.NodeConfiguration;
import proteus.domain.peer.InstanceId;
import proteus.domain.peer.PeerAddress;

/** A whole node on regtest, in this process, on free ports of loopback and with all stacks. */
final class DrillNode implements AutoCloseable {

    private static final int PLACES = 20;
    private static final long INBOUND_MEMORY = 64L << 20;

    private final String name;
    private final RunningNode running;

    private DrillNode(String name, RunningNode running) {
        this.name = name;
        this.running = running;
    }

    /** Starts one in the stage of {@code rollout}, that dials these peers. */
    static DrillNode start(String name, Path directory, Rollout rollout, PeerTarget... peers)
            throws IOException, StoreException {
        return start(name, directory, rollout, Set.of(Carrier.values()), peers);
    }

    /** The same for one that listens by these carriers only. */
    static DrillNode start(String name, Path directory, Rollout rollout, Set<Carrier> carriers, PeerTarget... peers)
            throws IOException, StoreException {
        return start(name, directory, migration(rollout), carriers, peers);
    }

    /** The same for one that migrates like this. */
    static DrillNode start(
            String name, Path directory, MigrationSettings migration, Set<Carrier> carriers, PeerTarget... peers)
            throws IOException, StoreException {
        NodeConfiguration configuration = configuration(directory.resolve(name), migration, carriers, peers);
        configuration.data().create();
        return new DrillNode(name, RunningNode.start(configuration, (_, _) -> {}, new Shutdown()));
    }

    private static NodeConfiguration configuration(
            Path directory, MigrationSettings migration, Set<Carrier> carriers, PeerTarget... peers) {
        NodeConfiguration usual = usual(directory, peers);
        return new NodeConfiguration(
                settings(usual.node(), carriers, peers),
                usual.listenCandidates(),
                new Libp2pConfiguration(new IdentityChoice.Stored(usual.data().identityFile(), false), List.of(), true),
                usual.quotas(),
                usual.rpc(),
                usual.jsonRpc(),
                usual.metrics(),
                usual.dashboard(),
                usual.data(),
                usual.sync(),
                usual.mining(),
                migration,
                usual.inboundMemory(),
                usual.log(),
                usual.warnings());
    }

    /** For a node with these peers. */
    static NodeConfiguration usual(Path directory, PeerTarget... peers) {
        PeerAddress[] addresses = Stream.of(peers).map(PeerTarget::address).toArray(PeerAddress[]::new);
        return TestNodes.configuration(directory, TestNodes.places(PLACES, addresses), INBOUND_MEMORY);
    }

    /** On all stacks, listening by these carriers. */
    static NodeSettings settings(NodeSettings usual, Set<Carrier> carriers, PeerTarget... peers) {
        return new NodeSettings(
                usual.network(),
                usual.connections(),
                usual.commandLineBans(),
                Map.of(Stack.LEGACY, StackUse.BOTH, Stack.LIBP2P, StackUse.BOTH),
                carriers.stream()
                        .map(carrier -> new PeerEndpoint(TestNodes.ANY_PORT, carrier))
                        .toList(),
                List.of(peers));
    }

    /** As a node has it whose operator says nothing but this, except that a drill may move its peers more often. */
    static MigrationSettings migration(Rollout rollout) {
        MigrationSettings usual = MigrationSettings.DEFAULT;
        return new MigrationSettings(
                Optional.of(rollout.stage()),
                Optional.of(rollout.share()),
                false,
                usual.atOnce(),
                usual.minPeers(),
                10_000,
                Map.of());
    }

    static Rollout at(Stage stage) {
        return new Rollout(stage, 0);
    }

    static Rollout share(int percent) {
        return new Rollout(Stage.MIGRATE, percent);
    }

    String name() {
        return name;
    }

    Node node() {
        return running.node();
    }

    InstanceId instance() {
        return node().ownInstanceId();
    }

    void set(Rollout rollout) throws Exception {
        node().migration().set(rollout, "a drill");
    }

    /** How to dial it by {@code carrier}. */
    PeerTarget target(Carrier carrier) {
        PeerTarget.Protocol protocol = switch (carrier) {
            case LEGACY_TCP -> PeerTarget.Protocol.LEGACY;
            case LIBP2P_TCP -> PeerTarget.Protocol.LIBP2P;
            case LIBP2P_QUIC -> PeerTarget.Protocol.QUIC;
        };
        return node().listening().stream()
                .filter(endpoint -> endpoint.carrier() == carrier)
                .map(endpoint -> new PeerTarget(endpoint.address(), protocol))
                .findFirst()
                .orElseThrow();
    }

    /** Its session with {@code other}, if there is one. */
    Optional<ConnectedPeer> session(InstanceId other) {
        return node().peers().stream()
                .filter(peer -> peer.connection().handshake().instanceId().equals(other))
                .findFirst();
    }

    /** Whether it has a session with {@code other} over {@code stack}, and {@code other} with it. */
    boolean isConnected(DrillNode other, Stack stack) {
        return isOver(session(other.instance()), stack) && isOver(other.session(instance()), stack);
    }

    private static boolean isOver(Optional<ConnectedPeer> session, Stack stack) {
        return session.map(peer -> peer.connection().stack()).equals(Optional.of(stack));
    }

    /** Waits until both say so. */
    void awaitConnected(DrillNode other, Stack stack) {
        Await.until(
                () -> name + " and " + other.name + " over " + stack + "; " + journal() + "; " + other.journal(),
                () -> isConnected(other, stack));
    }

    /** What came of moves, the oldest first. */
    List<JournalEntry.Moved> moves() {
        try {
            return node().migration().journal(Optional.empty(), 10_000).stream()
                    .flatMap(entry -> entry instanceof JournalEntry.Moved moved ? Stream.of(moved) : Stream.empty())
                    .toList();
        } catch (StoreException failure) {
            throw new AssertionError(failure);
        }
    }

    long movesWith(Predicate<MoveOutcome> outcome) {
        return moves().stream().filter(moved -> outcome.test(moved.outcome())).count();
    }

    /** For a message. */
    String journal() {
        List<JournalEntry.Moved> moves = moves();
        return name + ": " + node().migration().status() + ", "
                + moves.subList(Math.max(0, moves.size() - 5), moves.size());
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() throws StoreException {
        running.close();
    }
}
