package proteus.application.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import proteus.application.contract.ComposedChain;
import proteus.application.node.World.RunningNode;
import proteus.domain.network.Network;

/** Whole nodes that catch up with others. */
class SyncTest {

    static final Network NETWORK = new Network.TestnetMock();

    private static final ComposedChain CHAIN = ComposedChain.of(NETWORK).grow(300, 1);

    @Test
    void aFreshNodeFetchesTheChainOfItsOnlyPeer() throws Exception {
        try (World world = new World(NETWORK)) {
            RunningNode source = world.node(1).having(CHAIN).start();
            RunningNode fresh = world.node(2).peer(source.address).start();

            fresh.awaitSynced(300);

            assertThat(fresh.chain.tip().digest()).isEqualTo(CHAIN.tip().digest());
            assertThat(fresh.onlyStanding().score()).isZero();
            assertThat(source.onlyStanding().score()).isEqualTo(-30);
        }
    }
}
