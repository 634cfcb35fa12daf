package proteus.bootstrap.assembly;

import dagger.BindsInstance;
import dagger.Component;
import jakarta.inject.Singleton;
import java.util.List;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.application.chain.ChainState;
import proteus.application.memory.InboundBudget;
import proteus.application.mining.Mining;
import proteus.application.node.Node;
import proteus.application.port.MigrationStore;
import proteus.application.port.PeerStore;
import proteus.application.port.PeerTransport;
import proteus.application.port.Randomness;
import proteus.application.port.WorkPool;
import proteus.application.runtime.SystemTaskScheduler;
import proteus.bootstrap.config.NodeConfiguration;

/** All parts of one node. What has to be closed is given out, to be closed by {@link RunningNode}. */
@Singleton
@Component(modules = NodeModule.class)
interface NodeComponent {

    Node node();

    Mining mining();

    List<PeerTransport> transports();

    InboundBudget inboundBudget();

    Randomness randomness();

    SystemTaskScheduler scheduler();

    /** Makes the component of one node. */
    @Component.Factory
    interface Factory {

        /**
         * With what is there before the rest.
         *
         * @param store is open; not closed here
         * @param migrationStore is a part of it
         * @param chain is open; not closed here
         * @param workPool likewise
         * @param identity who the node is on libp2p
         * @param shutdown is told when an operator orders the end
         */
        NodeComponent create(
                @BindsInstance NodeConfiguration configuration,
                @BindsInstance PeerStore store,
                @BindsInstance MigrationStore migrationStore,
                @BindsInstance ChainState chain,
                @BindsInstance WorkPool workPool,
                @BindsInstance Identity identity,
                @BindsInstance Shutdown shutdown);
    }
}
