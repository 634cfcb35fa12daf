package proteus.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import proteus.application.port.ChainStore;
import proteus.application.port.StoreException;
import proteus.application.port.StoredBlock;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;

/** What every {@link ChainStore} does. */
public abstract class ChainStoreContract {

    private static final int ALL = 1000;
    private static final ComposedChain CHAIN =
            ComposedChain.of(new Network.TestnetMock()).grow(8, 1);
    private static final ComposedChain FORK = CHAIN.forkAt(4).grow(3, 2);

    private ChainStore store;

    /** An empty store; the suite closes it. */
    protected abstract ChainStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() throws StoreException {
        store.close();
    }

    @Test
    void aNewStoreHasNoBlocks() throws StoreException {
        assertThat(store.tip()).isEmpty();
        assertThat(store.chain(BlockHeight.GENESIS, ALL)).isEmpty();
        assertThat(store.block(CHAIN.tip().digest())).isEmpty();
        assertThat(store.header(CHAIN.tip().digest())).isEmpty();
        assertThat(store.blocksAt(BlockHeight.GENESIS)).isEmpty();
    }

    @Test
    void blocksComeBackWithTheirHeadersAndWitnesses() throws StoreException {
        adopt(CHAIN, 0, 3);

        for (StoredBlock block : CHAIN.blocks(0, 3)) {
            assertThat(store.block(block.digest())).contains(block.block());
            assertThat(store.header(block.digest())).contains(block.headerWithWitness());
        }
        assertThat(store.block(CHAIN.tip().digest())).isEmpty();
    }

    @Test
    void theChainGrowsBlockByBlockOrByMany() throws StoreException {
        adopt(CHAIN, 0, 0);
        adopt(CHAIN, 1, 1);
        adopt(CHAIN, 2, 6);

        assertThat(store.tip()).contains(CHAIN.digests(6, 6).getFirst());
        assertThat(store.chain(BlockHeight.GENESIS, ALL)).isEqualTo(CHAIN.digests(0, 6));
    }

    @Test
    void aPartOfTheChainIsGiven() throws StoreException {
        adopt(CHAIN, 0, 8);

        assertThat(store.chain(new BlockHeight(2), 3)).isEqualTo(CHAIN.digests(2, 4));
        assertThat(store.chain(new BlockHeight(7), 3)).isEqualTo(CHAIN.digests(7, 8));
        assertThat(store.chain(new BlockHeight(8), 0)).isEmpty();
        assertThat(store.chain(new BlockHeight(9), 1)).isEmpty();
        assertThat(store.chain(new BlockHeight(0xFFFF_FFFF_0000_0000L), 1)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> store.chain(BlockHeight.GENESIS, -1));
    }

    @Test
    void blocksBesideTheChainDoNotChangeIt() throws StoreException {
        adopt(CHAIN, 0, 6);
        store.keep(FORK.blocks(5, 7));

        assertThat(store.chain(BlockHeight.GENESIS, ALL)).isEqualTo(CHAIN.digests(0, 6));
        assertThat(store.block(FORK.tip().digest())).contains(FORK.tip().block());
        assertThat(store.blocksAt(new BlockHeight(5)))
                .containsExactlyInAnyOrder(
                        CHAIN.digests(5, 5).getFirst(), FORK.digests(5, 5).getFirst())
                .isSortedAccordingTo((left, right) -> Long.compareUnsigned(left.at(0), right.at(0)));
        assertThat(store.blocksAt(new BlockHeight(4))).isEqualTo(CHAIN.digests(4, 4));
        assertThat(store.blocksAt(new BlockHeight(8))).isEmpty();
    }

    @Test
    void keepingWhatIsThereChangesNothing() throws StoreException {
        adopt(CHAIN, 0, 6);

        store.keep(CHAIN.blocks(3, 6));
        store.keep(List.of());

        assertThat(store.chain(BlockHeight.GENESIS, ALL)).isEqualTo(CHAIN.digests(0, 6));
        assertThat(store.blocksAt(new BlockHeight(3))).hasSize(1);
    }

    @Test
    void aBranchReplacesTheEndOfTheChain() throws StoreException {
        adopt(CHAIN, 0, 5);

        adopt(FORK, 5, 7);

        assertThat(store.tip()).contains(FORK.tip().digest());
        assertThat(store.chain(BlockHeight.GENESIS, ALL)).isEqualTo(FORK.digests(0, 7));
        assertThat(store.block(CHAIN.digests(5, 5).getFirst())).isPresent();
    }

    @Test
    void aShorterBranchLeavesNothingOfTheLongerChainAboveIt() throws StoreException {
        adopt(CHAIN, 0, 8);

        adopt(FORK, 5, 6);
        assertThat(store.tip()).isEqualTo(FORK.digests(6, 6).stream().findFirst());
        assertThat(store.chain(BlockHeight.GENESIS, ALL)).isEqualTo(FORK.digests(0, 6));

        adopt(FORK, 7, 7);
        assertThat(store.chain(BlockHeight.GENESIS, ALL)).isEqualTo(FORK.digests(0, 7));
    }

    @Test
    void aBranchOfBlocksThatWereKeptBeforeIsAdopted() throws StoreException {
        adopt(CHAIN, 0, 6);
        store.keep(FORK.blocks(5, 6));

        store.adopt(FORK.blocks(7, 7), new BlockHeight(5), FORK.digests(5, 7));
        assertThat(store.chain(BlockHeight.GENESIS, ALL)).isEqualTo(FORK.digests(0, 7));

        store.adopt(List.of(), new BlockHeight(5), CHAIN.digests(5, 6));
        assertThat(store.chain(BlockHeight.GENESIS, ALL)).isEqualTo(CHAIN.digests(0, 6));
    }

    @Test
    void whatIsNoBranchIsRefusedAndChangesNothing() throws StoreException {
        adopt(CHAIN, 0, 4);

        refused(FORK.blocks(5, 7), 6, FORK.digests(6, 7));
        refused(FORK.blocks(5, 7), 5, List.of());
        refused(FORK.blocks(6, 7), 5, FORK.digests(5, 7));
        refused(FORK.blocks(5, 7), 5, List.of(FORK.tip().digest()));
        refused(List.of(), 5, List.of(Digest.ZERO));

        assertThat(store.chain(BlockHeight.GENESIS, ALL)).isEqualTo(CHAIN.digests(0, 4));
        assertThat(store.block(FORK.tip().digest())).isEmpty();
    }

    private void refused(List<StoredBlock> blocks, int from, List<Digest> branch) {
        assertThatIllegalArgumentException().isThrownBy(() -> store.adopt(blocks, new BlockHeight(from), branch));
    }

    @Test
    void manyThreadsReadWhileOneWrites() throws Exception {
        adopt(CHAIN, 0, 4);
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Digest>>> seen = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                seen.add(readers.submit(() -> store.chain(BlockHeight.GENESIS, ALL)));
                if (i % 4 == 0) {
                    boolean even = i % 8 == 0;
                    adopt(even ? CHAIN : FORK, 5, 7);
                }
            }
            for (Future<List<Digest>> chain : seen) {
                assertThat(chain.get()).isIn(CHAIN.digests(0, 4), CHAIN.digests(0, 7), FORK.digests(0, 7));
            }
        }
    }

    @Test
    void aClosedStoreSaysSo() throws StoreException {
        store.close();
        store.close();

        closed(() -> store.tip());
        closed(() -> store.chain(BlockHeight.GENESIS, 1));
        closed(() -> store.block(Digest.ZERO));
        closed(() -> store.header(Digest.ZERO));
        closed(() -> store.blocksAt(BlockHeight.GENESIS));
        closed(() -> store.keep(CHAIN.blocks(0, 0)));
        closed(() -> store.adopt(CHAIN.blocks(0, 0), BlockHeight.GENESIS, CHAIN.digests(0, 0)));
    }

    private static void closed(ThrowingCallable call) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(call)
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(StoreException.Reason.CLOSED));
    }

    private void adopt(ComposedChain chain, int from, int to) throws StoreException {
        store.adopt(chain.blocks(from, to), new BlockHeight(from), chain.digests(from, to));
    }
}
