package proteus.application.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.chain.ChainState.Losers;
import proteus.application.contract.ComposedChain;
import proteus.application.contract.InMemoryChainStore;
import proteus.application.port.StoreException;
import proteus.application.port.StoredBlock;
import proteus.application.runtime.PlatformWorkPool;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockProof;
import proteus.domain.consensus.BlockRule;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.KnownClaims;
import proteus.domain.consensus.MockProofs;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.network.Network;

@Timeout(60)
class ChainStateTest {

    private static final Network MOCK = new Network.TestnetMock();
    private static final ComposedChain CHAIN = ComposedChain.of(MOCK).grow(20, 1);
    private static final ComposedChain FORK = CHAIN.forkAt(6).grow(16, 2);

    private final PlatformWorkPool pool = new PlatformWorkPool("chain-test-", 2, 4);
    private final InMemoryChainStore store = new InMemoryChainStore();
    private final List<TipChange> told = Collections.synchronizedList(new ArrayList<>());
    private ChainState chain;

    @BeforeEach
    void start() throws StoreException {
        chain = open(MOCK, store);
    }

    private ChainState open(Network network, InMemoryChainStore in) throws StoreException {
        ChainState opened = ChainState.open(
                network,
                in,
                new BlockValidation(network, KnownClaims.none()),
                pool,
                () -> Instant.ofEpochMilli(ComposedChain.after(40)));
        opened.addListener(told::add);
        return opened;
    }

    @AfterEach
    void stop() {
        chain.close();
        pool.close();
    }

    @Test
    void aNewChainIsGenesisAlone() {
        assertThat(chain.genesis()).isEqualTo(CHAIN.blocks().getFirst().digest());
        assertThat(chain.tip().digest()).isEqualTo(chain.genesis());
        assertThat(chain.snapshot().height()).isEqualTo(BlockHeight.GENESIS);
    }

    @Test
    void blocksOneByOneAndManyAtOnceMakeTheChain() throws Exception {
        adopted(submit(CHAIN, 1, 1), 0, CHAIN.digests(1, 1));
        adopted(submit(CHAIN, 2, 20), 0, CHAIN.digests(2, 20));

        isOn(CHAIN, 20);
        assertThat(told).hasSize(2);
        assertThat(told.getLast().chain()).isSameAs(chain.snapshot());
    }

    @Test
    void theSnapshotHasEveryBlockAndEveryPath() throws Exception {
        submit(CHAIN, 1, 20);

        ChainSnapshot snapshot = chain.snapshot();
        for (int height = 0; height <= 20; height++) {
            StoredBlock block = CHAIN.blocks().get(height);
            assertThat(snapshot.blockAt(new BlockHeight(height))).contains(block.block());
            assertThat(snapshot.headerAt(new BlockHeight(height))).contains(block.headerWithWitness());
            for (int count = height + 1; count <= 21; count++) {
                var path = snapshot.path(new BlockHeight(height), count).orElseThrow();
                var range = count == 21 ? snapshot.blockMmr() : mmrOf(count);
                assertThat(range.contains(height, block.digest(), path)).isTrue();
            }
        }
        assertThat(snapshot.blockAt(new BlockHeight(21))).isEmpty();
        assertThat(snapshot.path(new BlockHeight(3), 22)).isEmpty();
        assertThat(snapshot.mutatorSetAfterTip())
                .isEqualTo(CHAIN.tip().asParent().mutatorSetAfter().orElseThrow());
    }

    private static MmrAccumulator mmrOf(int height) {
        return CHAIN.blocks().get(height).block().kernel().body().blockMmrAccumulator();
    }

    @Test
    void aHeavierBranchReplacesTheTipAndOldSnapshotsStayAsTheyWere() throws Exception {
        submit(CHAIN, 1, 15);
        ChainSnapshot before = chain.snapshot();

        adopted(submit(FORK, 7, 16), 9, FORK.digests(7, 16));

        isOn(FORK, 16);
        assertThat(told.getLast().left()).isEqualTo(CHAIN.digests(7, 15));
        assertThat(before.tip().digest()).isEqualTo(CHAIN.digests(15, 15).getFirst());
        assertThat(before.digestAt(new BlockHeight(9)))
                .contains(CHAIN.digests(9, 9).getFirst());
        assertThat(before.blockAt(new BlockHeight(9)))
                .contains(CHAIN.blocks().get(9).block());
        assertThat(before.blockMmr()).isEqualTo(mmrOf(16));
    }

    @Test
    void ofTwoBlocksOfOneHeightTheFirstSeenStays() throws Exception {
        submit(CHAIN, 1, 7);

        assertThat(submit(FORK, 7, 7)).isEqualTo(new BranchOutcome.NotBetter());

        isOn(CHAIN, 7);
        assertThat(store.block(FORK.digests(7, 7).getFirst())).isEmpty();
        assertThat(told).hasSize(1);
    }

    @Test
    void aLosingBranchThatIsKeptCanGrowUntilItWins() throws Exception {
        submit(CHAIN, 1, 10);

        for (int height = 7; height <= 10; height++) {
            assertThat(chain.submit(FORK.plain(height, height), Losers.KEEP)).isEqualTo(new BranchOutcome.Kept());
        }
        isOn(CHAIN, 10);
        adopted(chain.submit(FORK.plain(11, 11), Losers.KEEP), 4, FORK.digests(7, 11));

        isOn(FORK, 11);
    }

    @Test
    void theChainGoesBackToABranchThatItLeft() throws Exception {
        submit(CHAIN, 1, 10);
        submit(FORK, 7, 12);

        adopted(submit(CHAIN, 11, 13), 6, CHAIN.digests(7, 13));

        isOn(CHAIN, 13);
    }

    @Test
    void aShorterChainWithMoreWorkWins() throws Exception {
        ComposedChain fast = ComposedChain.of(MOCK);
        // Blocks that come at once are ever harder, and late ones as hard as the first.
        while (!hasMoreWork(fast, CHAIN.forkAt(fast.height() + 1))) {
            fast.append(100, 2);
        }
        int height = fast.height();
        submit(CHAIN, 1, height + 1);

        adopted(submit(fast, 1, height), height + 1, fast.digests(1, height));

        isOn(fast, height);
        assertThat(chain.snapshot().digestAt(new BlockHeight(height + 1))).isEmpty();
    }

    private static boolean hasMoreWork(ComposedChain one, ComposedChain other) {
        return one.tip()
                        .header()
                        .cumulativeProofOfWork()
                        .compareTo(other.tip().header().cumulativeProofOfWork())
                > 0;
    }

    @Test
    void whatIsKnownIsNotJudgedAgain() throws Exception {
        submit(CHAIN, 1, 10);

        assertThat(submit(CHAIN, 10, 10)).isEqualTo(new BranchOutcome.Known());
        assertThat(submit(CHAIN, 3, 5)).isEqualTo(new BranchOutcome.Known());
        adopted(submit(CHAIN, 5, 12), 0, CHAIN.digests(11, 12));
    }

    @Test
    void anOrphanNamesItsParent() throws Exception {
        assertThat(submit(CHAIN, 5, 6))
                .isEqualTo(new BranchOutcome.UnknownParent(CHAIN.digests(4, 4).getFirst()));

        isOn(CHAIN, 0);
    }

    @Test
    void aBranchWithABadBlockIsRefusedAsAWhole() throws Exception {
        List<Block> blocks = new ArrayList<>(CHAIN.plain(1, 4));
        Block bad = new Block(blocks.get(3).kernel(), new BlockProof.SingleProof(MockProofs.INVALID));
        blocks.set(3, bad);

        assertThat(chain.submit(blocks, Losers.KEEP))
                .isEqualTo(new BranchOutcome.Invalid(StoredBlock.of(bad).digest(), BlockRule.PROOF_VALIDITY));

        isOn(CHAIN, 0);
        assertThat(store.block(CHAIN.digests(1, 1).getFirst())).isEmpty();
    }

    @Test
    void blocksOfAnotherNetworkHaveNoParentHere() throws Exception {
        ComposedChain other = ComposedChain.of(new Network.RegTest());
        other.append(1000, 1);

        assertThat(submit(other, 1, 1))
                .isEqualTo(new BranchOutcome.UnknownParent(other.digests(0, 0).getFirst()));
    }

    @Test
    void whatIsNoBranchIsTheCallersFault() {
        assertThatIllegalArgumentException().isThrownBy(() -> chain.submit(List.of(), Losers.FORGET));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chain.submit(CHAIN.plain(1, 2).reversed(), Losers.FORGET));
    }

    @Test
    void aNewStartFindsTheChain() throws Exception {
        submit(CHAIN, 1, 10);
        submit(FORK, 7, 12);
        chain.close();

        chain = open(MOCK, store);

        isOn(FORK, 12);
        adopted(submit(CHAIN, 11, 13), 6, CHAIN.digests(7, 13));
    }

    @Test
    void theStoreOfAnotherNetworkIsRefused() {
        StoreException refusal = catchThrowableOfType(StoreException.class, () -> open(new Network.RegTest(), store));

        assertThat(refusal.reason()).isEqualTo(StoreException.Reason.OTHER_NETWORK);
        assertThat(refusal).hasMessageContaining("another network").hasMessageContaining("Nothing was changed");
    }

    @Test
    void aStoreWhoseChainIsNotThatOfItsTipIsDamaged() throws Exception {
        submit(CHAIN, 1, 10);
        store.adopt(FORK.blocks(7, 7), new BlockHeight(7), FORK.digests(7, 7));
        store.adopt(List.of(), new BlockHeight(8), CHAIN.digests(8, 10));

        StoreException refusal = catchThrowableOfType(StoreException.class, () -> open(MOCK, store));

        assertThat(refusal.reason()).isEqualTo(StoreException.Reason.CORRUPT);
        assertThat(refusal).hasMessageContaining("its chain is not the one that its tip stands on");
    }

    @Test
    void whenTheStoreFailsTheChainStaysAsItWasAndGoesOnWhenItWorks() throws Exception {
        submit(CHAIN, 1, 5);
        store.fail(Optional.of(new StoreException(StoreException.Reason.IO, "the disk is full")));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> submit(CHAIN, 6, 6))
                .withMessage("the disk is full");

        store.fail(Optional.empty());
        isOn(CHAIN, 5);
        adopted(submit(CHAIN, 6, 6), 0, CHAIN.digests(6, 6));
    }

    @Test
    void aListenerThatFailsDoesNotHoldUpTheOthers() throws Exception {
        chain.addListener(change -> {
            throw new IllegalStateException("on purpose");
        });
        List<TipChange> after = new ArrayList<>();
        chain.addListener(after::add);

        adopted(submit(CHAIN, 1, 1), 0, CHAIN.digests(1, 1));

        assertThat(after).hasSize(1);
    }

    @Test
    void manyWhoBringTheSameBlocksMakeOneChain() throws Exception {
        try (ExecutorService peers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<BranchOutcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                ComposedChain brought = i % 2 == 0 ? CHAIN : FORK;
                int to = 10 + i;
                outcomes.add(peers.submit(() -> chain.submit(brought.plain(1, to), Losers.FORGET)));
            }
            for (Future<BranchOutcome> outcome : outcomes) {
                assertThat(outcome.get())
                        .isInstanceOfAny(
                                BranchOutcome.Adopted.class, BranchOutcome.Known.class, BranchOutcome.NotBetter.class);
            }
        }

        isOn(FORK, 15);
        Digest last = chain.genesis();
        for (TipChange change : told) {
            assertThat(change.left().isEmpty() || change.left().getLast().equals(last))
                    .isTrue();
            last = change.entered().getLast();
        }
        assertThat(last).isEqualTo(FORK.digests(15, 15).getFirst());
    }

    @Test
    void aClosedChainTakesNoBlocks() {
        chain.close();
        chain.close();

        assertThatIllegalStateException().isThrownBy(() -> submit(CHAIN, 1, 1));
    }

    private BranchOutcome submit(ComposedChain from, int first, int last) throws Exception {
        return chain.submit(from.plain(first, last), Losers.FORGET);
    }

    private static void adopted(BranchOutcome outcome, int left, List<Digest> entered) {
        assertThat(outcome).isInstanceOfSatisfying(BranchOutcome.Adopted.class, adopted -> {
            assertThat(adopted.change().left()).hasSize(left);
            assertThat(adopted.change().entered()).isEqualTo(entered);
        });
    }

    private void isOn(ComposedChain expected, int height) throws StoreException {
        assertThat(chain.tip().digest())
                .isEqualTo(expected.digests(height, height).getFirst());
        assertThat(chain.snapshot().height()).isEqualTo(new BlockHeight(height));
        assertThat(store.chain(BlockHeight.GENESIS, 1000)).isEqualTo(expected.digests(0, height));
        for (int i = 0; i <= height; i++) {
            assertThat(chain.snapshot().digestAt(new BlockHeight(i)))
                    .contains(expected.digests(i, i).getFirst());
        }
    }
}
