package proteus.bootstrap.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.limits.SourceLimitSettings;
import proteus.adapters.libp2p.gateway.EngineSourceQuota;
import proteus.adapters.libp2p.gateway.GatewaySettings;
import proteus.adapters.libp2p.gateway.GatewayTransport;
import proteus.adapters.persistence.RocksDbChainStore;
import proteus.adapters.persistence.RocksDbPeerStore;
import proteus.application.chain.ChainState;
import proteus.application.memory.InboundBudget;
import proteus.application.mining.Mining;
import proteus.application.mining.MiningSettings;
import proteus.application.mining.Proposals;
import proteus.application.node.Node;
import proteus.application.node.NodeSettings;
import proteus.application.node.Reception;
import proteus.application.port.Carrier;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerTarget;
import proteus.application.port.PeerTransport;
import proteus.application.port.Stage;
import proteus.application.port.StoreException;
import proteus.application.runtime.PlatformWorkPool;
import proteus.application.runtime.SecureRandomness;
import proteus.application.sync.SyncSettings;
import proteus.application.sync.Synchronisation;
import proteus.bootstrap.legacy.LegacyStack;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.UnverifiedProofs;

/** A node whose clock can leap. Nothing else of it differs from one that the program assembles. */
final class LeapingNode implements AutoCloseable {

    private static final long INBOUND_MEMORY = 64L << 20;
    private static final int PLACES = 100;

    private final RocksDbPeerStore store;
    private final RocksDbChainStore chainStore;
    private final ChainState chain;
    private final PlatformWorkPool workPool = new PlatformWorkPool("leaping-", 2, 8);
    private final Node node;

    private LeapingNode(Path directory, NodeSettings settings, Identity identity, LeapingClock clock)
            throws StoreException {
        store = RocksDbPeerStore.open(directory.resolve("peers"));
        chainStore = RocksDbChainStore.open(directory.resolve("chain"));
        BlockValidation rules = new BlockValidation(settings.network(), new UnverifiedProofs());
        chain = ChainState.open(settings.network(), chainStore, rules, workPool, clock);
        SecureRandomness randomness = new SecureRandomness();
        Synchronisation sync = new Synchronisation(SyncSettings.DEFAULT, chain, clock, randomness);
        Proposals proposals = Proposals.of(settings.network(), MiningSettings.DEFAULT, chain);
        Mining mining =
                new Mining(settings.network(), MiningSettings.DEFAULT, chain, sync, proposals, clock, randomness);
        Reception reception = new Reception(settings, chain, sync, proposals, store, clock, randomness, workPool);
        InboundBudget budget = new InboundBudget(INBOUND_MEMORY);
        EngineSourceQuota quota =
                new EngineSourceQuota(SourceLimitSettings.defaults().withLoopbackExempt(), clock);
        PeerTransport libp2p = new GatewayTransport(
                GatewaySettings.of(settings.network(), "proteus/leaping", PLACES),
                identity,
                budget,
                reception,
                quota,
                clock);
        PeerTransport legacy = LegacyStack.transport(settings.connections(), budget, reception, quota, clock)
                .orElseThrow();
        node = new Node(
                reception,
                List.of(libp2p, legacy),
                store,
                DrillNode.migration(DrillNode.at(Stage.DUAL)),
                store.migration(),
                mining,
                clock,
                () -> {});
    }

    /** Starts one in the stage dual. */
    static LeapingNode start(Path directory, Identity identity, LeapingClock clock, PeerTarget... peers)
            throws IOException, StoreException {
        Files.createDirectories(directory);
        NodeSettings usual = DrillNode.usual(directory, peers).node();
        LeapingNode started =
                new LeapingNode(directory, DrillNode.settings(usual, Set.of(Carrier.values()), peers), identity, clock);
        started.node.start();
        return started;
    }

    Node node() {
        return node;
    }

    /** All sessions that it has. */
    List<ConnectedPeer> sessions() {
        return node.peers();
    }

    @Override
    public void close() throws StoreException {
        node.close();
        chain.close();
        chainStore.close();
        workPool.close();
        store.close();
    }
}
