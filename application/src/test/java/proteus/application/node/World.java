package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import proteus.application.chain.ChainState;
import proteus.application.comparison.GuardSettings;
import proteus.application.contract.AssertingPeerStore;
import proteus.application.contract.Await;
import proteus.application.contract.ComposedChain;
import proteus.application.contract.InMemoryChain;
import proteus.application.contract.InMemoryChainStore;
import proteus.application.contract.InMemoryMigrationStore;
import proteus.application.contract.InMemoryNetwork;
import proteus.application.contract.InMemoryPeerStore;
import proteus.application.contract.InMemoryPeerTransport;
import proteus.application.contract.ManualScheduler;
import proteus.application.contract.SeededRandomness;
import proteus.application.migration.MigrationSettings;
import proteus.application.mining.Mining;
import proteus.application.mining.MiningSettings;
import proteus.application.mining.Proposals;
import proteus.application.port.Carrier;
import proteus.application.port.ChainStore;
import proteus.application.port.MigrationStore;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerStore;
import proteus.application.port.PeerTarget;
import proteus.application.port.PeerTransport;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.application.port.SyncStatus;
import proteus.application.port.WorkPool;
import proteus.application.runtime.PlatformWorkPool;
import proteus.application.session.SessionEnd;
import proteus.application.sync.SyncSettings;
import proteus.application.sync.Synchronisation;
import proteus.domain.comparison.Thresholds;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionSettings;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerStanding;

/** Nodes and strangers in one process, with one clock; at the end, all rules of the ports must have been kept. */
final class World implements AutoCloseable {

    /** Asks no peer for anything only to measure it. */
    private static final GuardSettings UNGUARDED = new GuardSettings(false, Duration.ZERO, Thresholds.DEFAULT);

    final InMemoryNetwork wires = InMemoryNetwork.asserting();
    final ManualScheduler clock = ManualScheduler.followed();
    private final PlatformWorkPool workPool = new PlatformWorkPool("world", 1, 4);
    private final Network network;
    private final List<RunningNode> nodes = new ArrayList<>();
    private final List<Stranger> strangers = new ArrayList<>();
    private final List<AutoCloseable> others = new ArrayList<>();

    World(Network network) {
        this.network = network;
    }

    /** Closes it in the end. */
    void owns(AutoCloseable peer) {
        others.add(peer);
    }

    /**
     * Lets time pass, no faster than threads can follow, until {@code condition} holds; five minutes at most. What began while
     * a test let hours pass at once has missed them, and is tried again minutes later.
     */
    void passUntil(Supplier<String> what, BooleanSupplier condition) {
        // What holds once may not hold the moment after.
        boolean holds = condition.getAsBoolean();
        for (int step = 0; step < 15_000 && !holds; step++) {
            LockSupport.parkNanos(2_000_000);
            clock.advance(Duration.ofMillis(20));
            holds = condition.getAsBoolean();
        }
        assertThat(holds).as(what).isTrue();
    }

    /** The pool of all its nodes. */
    WorkPool workPool() {
        return workPool;
    }

    /** A node to be at {@code host}, where it listens unless told otherwise. */
    Plan node(int host) {
        return new Plan(host);
    }

    Stranger stranger(int host, long instance) {
        return stranger(Places.ip(host), Carrier.LEGACY_TCP, instance, Optional.of(Places.PORT));
    }

    Stranger stranger(IpAddress host, Carrier carrier, long instance, Optional<Integer> listenPort) {
        Stranger stranger = new Stranger(wires, clock, network, carrier, host, instance, listenPort);
        strangers.add(stranger);
        return stranger;
    }

    /** What a node is to be like. */
    final class Plan {

        private final int host;
        private final List<PeerTarget> peers = new ArrayList<>();
        private Set<IpAddress> bans = Set.of();
        private int places = 10;
        private boolean restricted;
        private boolean noIncoming;
        private PeerStore store = new InMemoryPeerStore();
        private boolean libp2p;
        private ChainStore blocks = new InMemoryChainStore();
        private SyncSettings sync = SyncSettings.DEFAULT;
        private MiningSettings mining = MiningSettings.DEFAULT;
        private boolean acceptsLibp2p;
        private MigrationStore migrationStore = new InMemoryMigrationStore();
        private MigrationSettings migrating = MigrationSettings.WITHOUT_STAGE;

        private Plan(int host) {
            this.host = host;
        }

        Plan places(int most) {
            places = most;
            return this;
        }

        Plan peer(PeerAddress address, PeerTarget.Protocol protocol) {
            peers.add(new PeerTarget(address, protocol));
            return this;
        }

        Plan peer(PeerAddress address) {
            return peer(address, PeerTarget.Protocol.LEGACY);
        }

        Plan banning(IpAddress... ips) {
            bans = Set.of(ips);
            return this;
        }

        Plan restrictedToPeers() {
            restricted = true;
            return this;
        }

        Plan noIncoming() {
            noIncoming = true;
            return this;
        }

        Plan over(PeerStore existing) {
            store = existing;
            return this;
        }

        /** With this chain. */
        Plan having(ComposedChain chain) {
            return having(InMemoryChainStore.of(chain));
        }

        /** With what this store has. */
        Plan having(ChainStore store) {
            blocks = store;
            return this;
        }

        Plan syncing(SyncSettings settings) {
            sync = settings;
            return this;
        }

        /** With a second stack, which it prefers. */
        Plan withLibp2p() {
            libp2p = true;
            return this;
        }

        /** With both stacks, used as the stage says. */
        Plan migrating(MigrationSettings settings) {
            migrating = settings;
            libp2p = true;
            acceptsLibp2p = true;
            return this;
        }

        /** In this stage, with both stacks. */
        Plan in(Stage stage) {
            MigrationSettings usual = MigrationSettings.DEFAULT;
            return migrating(new MigrationSettings(
                    Optional.of(stage), Optional.empty(), false, usual.atOnce(), usual.minPeers(), 1000, Map.of()));
        }

        /** Remembers its migration there. */
        Plan remembering(MigrationStore store) {
            migrationStore = store;
            return this;
        }

        Plan mining(MiningSettings settings) {
            mining = settings;
            return this;
        }

        RunningNode build() {
            ConnectionSettings standard = ConnectionSettings.DEFAULT;
            ConnectionSettings connections = new ConnectionSettings(
                    peers.stream().map(PeerTarget::address).collect(Collectors.toSet()),
                    restricted,
                    noIncoming,
                    places,
                    standard.maxConnectionsPerIp(),
                    standard.peerTolerance(),
                    standard.handshakeTimeout(),
                    standard.maxBlocksServedPerMinute());
            NodeSettings settings = new NodeSettings(
                    network,
                    connections,
                    bans,
                    Map.of(Stack.LEGACY, StackUse.BOTH, Stack.LIBP2P, libp2p ? StackUse.DIAL : StackUse.OFF),
                    acceptsLibp2p
                            ? List.of(
                                    new PeerEndpoint(Places.at(host), Carrier.LEGACY_TCP),
                                    new PeerEndpoint(Places.libp2pAt(host), Carrier.LIBP2P_TCP))
                            : List.of(new PeerEndpoint(Places.at(host), Carrier.LEGACY_TCP)),
                    peers);
            RunningNode node = new RunningNode(World.this, this, settings);
            nodes.add(node);
            return node;
        }

        RunningNode start() throws Exception {
            RunningNode node = build();
            node.node.start();
            node.mining.start();
            return node;
        }
    }

    /** A node and what it stands on. */
    static final class RunningNode {

        final PeerAddress address;
        final Reception reception;
        final Node node;
        final PeerStore store;
        final ChainState chain;
        final Synchronisation sync;
        final Mining mining;
        final WatchedTransport legacy;
        final WatchedTransport libp2p;
        final AtomicInteger shutdowns = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();
        private final AssertingPeerStore asserting;

        private RunningNode(World world, Plan plan, NodeSettings settings) {
            int host = plan.host;
            store = plan.store;
            address = Places.at(host);
            asserting = AssertingPeerStore.over(store);
            chain = InMemoryChain.over(plan.blocks, settings.network(), world.workPool, world.clock);
            SeededRandomness randomness = new SeededRandomness(host);
            sync = new Synchronisation(plan.sync, chain, world.clock, randomness);
            Proposals proposals = Proposals.of(settings.network(), plan.mining, chain);
            mining = new Mining(settings.network(), plan.mining, chain, sync, proposals, world.clock, randomness);
            reception =
                    new Reception(settings, chain, sync, proposals, asserting, world.clock, randomness, world.workPool);
            legacy = transport(world, host, Carrier.LEGACY_TCP);
            libp2p = transport(world, host, Carrier.LIBP2P_TCP);
            List<PeerTransport> transports = plan.libp2p ? List.of(libp2p, legacy) : List.of(legacy);
            node = new Node(
                    reception,
                    transports,
                    asserting,
                    plan.migrating.guardedBy(UNGUARDED),
                    plan.migrationStore,
                    mining,
                    world.clock,
                    shutdowns::incrementAndGet);
            // Told after the node itself.
            reception.addListener(new SessionListener() {
                @Override
                public void began(PeerConnection.Description peer) {}

                @Override
                public void ended(PeerConnection.Description peer, SessionEnd end, boolean cared) {
                    ended.incrementAndGet();
                }
            });
        }

        private WatchedTransport transport(World world, int host, Carrier carrier) {
            return new WatchedTransport(
                    new InMemoryPeerTransport(world.wires, Places.ip(host), reception, world.clock, carrier),
                    world.clock);
        }

        /** The height of its tip. */
        long height() {
            return chain.tip().header().height().value();
        }

        /** Waits until its tip has this height and no sync goes on. */
        void awaitSynced(long height) {
            Await.until(
                    () -> "height " + height + " of " + address + "; " + height() + ", " + sync.status(),
                    () -> height() == height && sync.status() instanceof SyncStatus.Synced);
        }

        void awaitPeers(int count) {
            Await.until(
                    () -> count + " peers of " + address + "; has " + node.peers(),
                    () -> node.peers().size() == count);
        }

        /** Waits until so many connections are over, and the node has made of that what it makes. */
        void awaitEnded(int count) {
            Await.until(() -> count + " ends; so far " + ended, () -> ended.get() >= count);
        }

        /** The standing of the only peer that is connected. */
        PeerStanding onlyStanding() {
            assertThat(node.peers()).hasSize(1);
            return node.peers().getFirst().standing();
        }
    }

    private static void end(AutoCloseable peer) {
        try {
            peer.close();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        nodes.forEach(running -> running.mining.close());
        nodes.forEach(running -> running.node.close());
        nodes.forEach(running -> running.chain.close());
        strangers.forEach(Stranger::close);
        others.forEach(World::end);
        workPool.close();
        Await.until(
                () -> "the frames to be closed: " + wires.unclosedFrames(),
                () -> wires.unclosedFrames().isEmpty());
        assertThat(wires.violations()).as("broken rules of connections").isEmpty();
        assertThat(wires.failures()).as("failures of gates").isEmpty();
        nodes.forEach(running -> assertThat(running.asserting.violations())
                .as("broken rules of stores")
                .isEmpty());
        assertThat(clock.failures()).as("timers that threw").isZero();
    }
}
