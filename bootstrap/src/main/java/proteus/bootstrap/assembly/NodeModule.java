package proteus.bootstrap.assembly;

import dagger.Binds;
import dagger.Module;
import dagger.Provides;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.gateway.EngineSourceQuota;
import proteus.adapters.libp2p.gateway.GatewayTransport;
import proteus.application.chain.ChainState;
import proteus.application.memory.InboundBudget;
import proteus.application.mining.Mining;
import proteus.application.mining.Proposals;
import proteus.application.node.Node;
import proteus.application.node.NodeSettings;
import proteus.application.node.Reception;
import proteus.application.port.MigrationStore;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerStore;
import proteus.application.port.PeerTransport;
import proteus.application.port.Randomness;
import proteus.application.port.TaskScheduler;
import proteus.application.port.WorkPool;
import proteus.application.runtime.SecureRandomness;
import proteus.application.runtime.SystemTaskScheduler;
import proteus.application.sync.Synchronisation;
import proteus.bootstrap.config.NodeConfiguration;
import proteus.bootstrap.legacy.LegacyStack;
import proteus.domain.peer.IpAddress;

/** Says how each part of a node is made. */
@Module
abstract class NodeModule {

    private NodeModule() {}

    @Provides
    @Singleton
    static NodeSettings settings(NodeConfiguration configuration) {
        IpAddress ip = ListenAddress.choose(configuration.listenCandidates());
        return configuration
                .node()
                .listeningAt(configuration.node().listenEndpoints().stream()
                        .map(endpoint -> endpoint.withIp(ip))
                        .toList());
    }

    @Provides
    @Singleton
    static SystemTaskScheduler systemScheduler() {
        return new SystemTaskScheduler("timer");
    }

    @Binds
    abstract TaskScheduler scheduler(SystemTaskScheduler scheduler);

    @Provides
    @Singleton
    static Randomness randomness() {
        return new SecureRandomness();
    }

    @Provides
    @Singleton
    static InboundBudget inboundBudget(NodeConfiguration configuration) {
        return new InboundBudget(configuration.inboundMemory());
    }

    @Provides
    @Singleton
    static Reception reception(
            NodeSettings settings,
            ChainState chain,
            Synchronisation sync,
            Proposals proposals,
            PeerStore store,
            TaskScheduler scheduler,
            Randomness randomness,
            WorkPool workPool) {
        return new Reception(settings, chain, sync, proposals, store, scheduler, randomness, workPool);
    }

    @Provides
    @Singleton
    static Synchronisation sync(
            NodeConfiguration configuration, ChainState chain, TaskScheduler scheduler, Randomness randomness) {
        return new Synchronisation(configuration.sync(), chain, scheduler, randomness);
    }

    @Provides
    @Singleton
    static Proposals proposals(NodeConfiguration configuration, ChainState chain) {
        return Proposals.of(configuration.node().network(), configuration.mining(), chain);
    }

    @Provides
    @Singleton
    static Mining mining(
            NodeConfiguration configuration,
            ChainState chain,
            Synchronisation sync,
            Proposals proposals,
            TaskScheduler scheduler,
            Randomness randomness) {
        return new Mining(
                configuration.node().network(), configuration.mining(), chain, sync, proposals, scheduler, randomness);
    }

    @Binds
    abstract PeerGate gate(Reception reception);

    @Provides
    @Singleton
    static EngineSourceQuota quota(NodeConfiguration configuration, TaskScheduler clock) {
        return Stacks.quota(configuration.quotas(), clock);
    }

    /** All stacks of this build: which of them are used can change while the node runs. */
    @Provides
    @Singleton
    static List<PeerTransport> transports(
            NodeConfiguration configuration,
            Identity identity,
            InboundBudget budget,
            PeerGate gate,
            EngineSourceQuota quota,
            TaskScheduler clock) {
        List<PeerTransport> transports = new ArrayList<>();
        transports.add(new GatewayTransport(Stacks.gateway(configuration), identity, budget, gate, quota, clock));
        LegacyStack.transport(configuration.node().connections(), budget, gate, quota, clock)
                .ifPresent(transports::add);
        return transports;
    }

    @Provides
    @Singleton
    static Node node(
            Reception reception,
            List<PeerTransport> transports,
            PeerStore store,
            MigrationStore migrationStore,
            NodeConfiguration configuration,
            Mining mining,
            TaskScheduler scheduler,
            Shutdown shutdown) {
        return new Node(
                reception,
                transports,
                store,
                configuration.migration(),
                migrationStore,
                mining,
                scheduler,
                shutdown::order);
    }
}
