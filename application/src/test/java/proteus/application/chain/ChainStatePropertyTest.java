package proteus.application.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.chain.ChainState.Losers;
import proteus.application.contract.ComposedChain;
import proteus.application.contract.InMemoryChainStore;
import proteus.application.port.StoreException;
import proteus.application.port.StoredBlock;
import proteus.application.runtime.PlatformWorkPool;
import proteus.domain.block.BlockHeight;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.KnownClaims;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;

/** Blocks of a random tree, each brought once its parent is there: the chain is always what fork choice says. */
@Timeout(60)
class ChainStatePropertyTest {

    private static final Network MOCK = new Network.TestnetMock();
    private static final int BLOCKS = 60;

    /** A parent is one of the last so many blocks, so that branches race and reorganisations are deep. */
    private static final int RACING = 6;

    private final PlatformWorkPool pool = new PlatformWorkPool("property-", 2, 4);
    private final InMemoryChainStore store = new InMemoryChainStore();
    private final Map<Digest, StoredBlock> tree = new HashMap<>();

    @AfterEach
    void close() {
        pool.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theTipIsTheFirstSeenOfTheMostWork(long seed) throws Exception {
        RandomGenerator random = new SplittableRandom(seed);
        StoredBlock tip = ComposedChain.of(MOCK).tip();
        List<StoredBlock> all = new ArrayList<>(List.of(tip));
        tree.put(tip.digest(), tip);
        int reorganisations = 0;
        try (ChainState chain = open()) {
            for (int i = 0; i < BLOCKS; i++) {
                StoredBlock parent = all.get(all.size() - 1 - random.nextInt(Math.min(RACING, all.size())));
                StoredBlock block = ComposedChain.next(MOCK, parent, ComposedChain.LATE, i);
                all.add(block);
                tree.put(block.digest(), block);

                BranchOutcome outcome = chain.submit(List.of(block.block()), Losers.KEEP);

                // All blocks are as hard as each other, so the highest chain has the most work.
                boolean wins = block.header().height().compareTo(tip.header().height()) > 0;
                assertThat(outcome instanceof BranchOutcome.Adopted).isEqualTo(wins);
                if (wins) {
                    reorganisations += block.header().prevBlockDigest().equals(tip.digest()) ? 0 : 1;
                    tip = block;
                }
                requireChain(chain.snapshot(), digestsUpTo(tip));
            }
        }
        assertThat(reorganisations).isPositive();
        try (ChainState again = open()) {
            requireChain(again.snapshot(), digestsUpTo(tip));
        }
        Instant late = Instant.ofEpochMilli(ComposedChain.after(100));
        assertThat(new ChainVerification(MOCK, store, new BlockValidation(MOCK, KnownClaims.none()), pool, () -> late)
                        .verify((checked, total) -> {}))
                .isInstanceOf(ChainVerification.Finding.Sound.class);
    }

    private ChainState open() throws StoreException {
        return ChainState.open(
                MOCK,
                store,
                new BlockValidation(MOCK, KnownClaims.none()),
                pool,
                () -> Instant.ofEpochMilli(ComposedChain.after(100)));
    }

    private List<Digest> digestsUpTo(StoredBlock tip) {
        Deque<Digest> digests = new ArrayDeque<>(List.of(tip.digest()));
        StoredBlock lowest = tip;
        while (!lowest.header().height().isGenesis()) {
            lowest = tree.get(lowest.header().prevBlockDigest());
            digests.addFirst(lowest.digest());
        }
        return List.copyOf(digests);
    }

    private void requireChain(ChainSnapshot snapshot, List<Digest> expected) throws StoreException {
        assertThat(snapshot.tip().digest()).isEqualTo(expected.getLast());
        assertThat(snapshot.digestsFrom(BlockHeight.GENESIS)).isEqualTo(expected);
        assertThat(store.chain(BlockHeight.GENESIS, 1000)).isEqualTo(expected);
        StoredBlock tip = tree.get(expected.getLast());
        // What every miner would put into the next block.
        assertThat(snapshot.blockMmr())
                .isEqualTo(ComposedChain.next(MOCK, tip, ComposedChain.LATE, 0)
                        .block()
                        .kernel()
                        .body()
                        .blockMmrAccumulator());
    }
}
