package proteus.bootstrap.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import proteus.adapters.persistence.RocksDbChainStore;
import proteus.adapters.persistence.RocksDbPeerStore;
import proteus.application.contract.ComposedChain;
import proteus.application.contract.GenesisChain;
import proteus.application.port.StoreException;
import proteus.application.port.StoreException.Reason;
import proteus.application.port.StoreException.Store;
import proteus.bootstrap.config.DataDirectory;
import proteus.bootstrap.config.NodeConfiguration;
import proteus.domain.network.Network;

/** The chain store as a part of a node. */
@Timeout(60)
class ChainOfNodeTest {

    private static final long INBOUND_MEMORY = 64L << 20;

    @TempDir
    private Path directory;

    @Test
    void aNewNodeBeginsWithGenesisAndFindsItAgain() throws Exception {
        for (int start = 0; start < 2; start++) {
            try (RunningNode running = TestNodes.start(configuration())) {
                assertThat(running.node().tipDigest())
                        .isEqualTo(GenesisChain.of(new Network.RegTest()).genesis());
            }
        }
        try (RocksDbChainStore store = RocksDbChainStore.openReadOnly(data().chainStore())) {
            assertThat(store.tip()).isPresent();
        }
    }

    @Test
    void aNodeGoesOnWithTheChainThatItStored() throws Exception {
        ComposedChain chain = ComposedChain.of(new Network.RegTest());
        chain.append(1000, 1);
        write(chain);

        try (RunningNode running = TestNodes.start(configuration())) {
            assertThat(running.node().tipDigest()).isEqualTo(chain.tip().digest());
            assertThat(running.node().tipHeader()).isEqualTo(chain.tip().header());
        }
    }

    @Test
    void theChainOfAnotherNetworkEndsTheStartAndLeavesNothingOpen() throws Exception {
        write(ComposedChain.of(new Network.TestnetMock()).grow(1, 1));

        StoreException refusal = catchThrowableOfType(StoreException.class, () -> TestNodes.start(configuration()));

        assertThat(refusal.reason()).isEqualTo(Reason.OTHER_NETWORK);
        RocksDbChainStore.open(data().chainStore()).close();
        RocksDbPeerStore.open(data().peerStore()).close();
    }

    @Test
    void aDamagedChainStoreEndsTheStartAndLeavesNothingOpen() throws Exception {
        write(ComposedChain.of(new Network.RegTest()));
        Files.delete(data().chainStore().resolve("CURRENT"));

        StoreException refusal = catchThrowableOfType(StoreException.class, () -> TestNodes.start(configuration()));

        assertThat(refusal.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(refusal.store()).isEqualTo(Store.CHAIN);
        RocksDbPeerStore.open(data().peerStore()).close();
    }

    private void write(ComposedChain chain) throws StoreException {
        TestNodes.write(data().chainStore(), chain);
    }

    private DataDirectory data() {
        return new DataDirectory(directory);
    }

    private NodeConfiguration configuration() {
        return TestNodes.configuration(directory, TestNodes.places(2), INBOUND_MEMORY);
    }
}
