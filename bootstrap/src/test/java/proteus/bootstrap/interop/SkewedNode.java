package proteus.bootstrap.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.limits.SourceLimitSettings;
import proteus.adapters.libp2p.gateway.EngineSourceQuota;
import proteus.adapters.libp2p.gateway.GatewaySettings;
import proteus.adapters.libp2p.gateway.GatewayTransport;
import proteus.adapters.persistence.RocksDbPeerStore;
import proteus.application.chain.ChainState;
import proteus.application.contract.InMemoryChain;
import proteus.application.memory.InboundBudget;
import proteus.application.migration.MigrationSettings;
import proteus.application.mining.Mining;
import proteus.application.mining.MiningSettings;
import proteus.application.mining.Proposals;
import proteus.application.node.Node;
import proteus.application.node.NodeSettings;
import proteus.application.node.Reception;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.StoreException;
import proteus.application.port.TaskScheduler;
import proteus.application.runtime.PlatformWorkPool;
import proteus.application.runtime.SecureRandomness;
import proteus.application.runtime.SystemTaskScheduler;
import proteus.application.sync.SyncSettings;
import proteus.application.sync.Synchronisation;
import proteus.bootstrap.interop.ProteusNode.Setup;

/** A Proteus node on libp2p whose clock is wrong. Nothing else of it differs from one that the program assembles. */
final class SkewedNode implements AutoCloseable {

    private final RocksDbPeerStore store;
    private final SystemTaskScheduler scheduler = new SystemTaskScheduler("skewed");
    private final PlatformWorkPool workPool = new PlatformWorkPool("skewed-", 2, 8);
    private final Node node;

    private SkewedNode(Path directory, NodeSettings settings, Duration ahead) throws StoreException {
        store = RocksDbPeerStore.open(directory);
        Clock clock = new Clock(scheduler, ahead);
        ChainState chain = InMemoryChain.of(settings.network(), workPool, clock);
        Synchronisation sync = new Synchronisation(SyncSettings.DEFAULT, chain, clock, new SecureRandomness());
        Proposals proposals = Proposals.of(settings.network(), MiningSettings.DEFAULT, chain);
        Mining mining = new Mining(
                settings.network(), MiningSettings.DEFAULT, chain, sync, proposals, clock, new SecureRandomness());
        Reception reception =
                new Reception(settings, chain, sync, proposals, store, clock, new SecureRandomness(), workPool);
        GatewayTransport transport = new GatewayTransport(
                GatewaySettings.of(settings.network(), "proteus/skewed", 100),
                Identity.generate(new SecureRandom()),
                new InboundBudget(64L << 20),
                reception,
                new EngineSourceQuota(SourceLimitSettings.defaults().withLoopbackExempt(), clock),
                clock);
        node = new Node(
                reception,
                List.of(transport),
                store,
                MigrationSettings.WITHOUT_STAGE,
                store.migration(),
                mining,
                clock,
                () -> {});
    }

    private record Clock(TaskScheduler right, Duration ahead) implements TaskScheduler {

        @Override
        public Instant instant() {
            return right.instant().plus(ahead);
        }

        @Override
        public long nanos() {
            return right.nanos();
        }

        @Override
        public Timeout schedule(Duration delay, Runnable task) {
            return right.schedule(delay, task);
        }
    }

    /** Starts a node whose clock is {@code ahead}, which may be negative. */
    static SkewedNode start(Path directory, Setup setup, Duration ahead) throws IOException, StoreException {
        SkewedNode skewed = new SkewedNode(directory, setup.node(), ahead);
        skewed.node.start();
        return skewed;
    }

    Node node() {
        return node;
    }

    /** Where it takes connections by {@code carrier}. */
    PeerEndpoint endpoint(Carrier carrier) {
        return node.listening().stream()
                .filter(endpoint -> endpoint.carrier() == carrier)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws StoreException {
        node.close();
        workPool.close();
        scheduler.close();
        store.close();
    }
}
