package proteus.adapters.rpc.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.chain.ChainSnapshot;
import proteus.application.chain.ChainState;
import proteus.application.port.StoreException;
import proteus.application.runtime.PlatformWorkPool;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.KnownClaims;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.AbsoluteIndexSet;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.network.Network;

/** What is found by reading blocks, against who knows every output because it made them. */
@Timeout(120)
class OutputSearchPropertyTest {

    /** Enough outputs that the Bloom filter's window leaves the first of them behind altogether. */
    private static final int BLOCKS = 50;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final PlatformWorkPool pool = new PlatformWorkPool("search-test-", 1, 2);
    private SpendingChain made;
    private ChainState state;
    private ChainSnapshot chain;

    @BeforeEach
    void make() throws StoreException {
        made = new SpendingChain(random);
        for (int i = 0; i < BLOCKS; i++) {
            made.append(random.nextInt(90), random.nextInt(30));
        }
        Network network = new Network.TestnetMock();
        state = ChainState.open(
                network,
                made.store(),
                new BlockValidation(network, KnownClaims.none()),
                pool,
                () -> java.time.Instant.EPOCH);
        chain = state.snapshot();
    }

    @AfterEach
    void close() {
        state.close();
        pool.close();
    }

    @Test
    void everyLeafIsFoundInItsBlock() throws StoreException {
        List<Digest> leafs = made.leafs();
        CommitmentList list = new CommitmentList(chain);

        assertThat(list.count()).as("seed %d", seed).isEqualTo(leafs.size());
        for (int i = 0; i < leafs.size(); i += 1 + random.nextInt(40)) {
            assertThat(new CommitmentList(chain).leaf(i))
                    .as("leaf %d, seed %d", i, seed)
                    .contains(leafs.get(i));
        }
        assertThat(list.leaf(leafs.size() - 1)).contains(leafs.getLast());
        assertThat(list.leaf(leafs.size())).isEmpty();
        assertThat(list.leaf(-1)).isEmpty();
    }

    @Test
    void anOutputIsFoundAsDeepAsAsked() throws StoreException {
        SpendingChain.Output output =
                made.outputs().get(random.nextInt(made.outputs().size()));
        long depth = BLOCKS - output.height();
        Digest origin = made.blocks().get((int) output.height()).digest();
        CommitmentList list = new CommitmentList(chain);

        assertThat(list.originOf(output.record(), depth)).as("seed %d", seed).contains(origin);
        assertThat(list.originOf(output.record(), -1)).contains(origin);
        if (depth > 0) {
            assertThat(list.originOf(output.record(), depth - 1)).isEmpty();
        }
        assertThat(list.originOf(new AdditionRecord(Digest.ZERO), -1)).isEmpty();
        AdditionRecord premine = new AdditionRecord(made.leafs().getFirst());
        assertThat(list.originOf(premine, BLOCKS)).contains(chain.genesis());
        assertThat(list.originOf(premine, BLOCKS - 1)).isEmpty();
    }

    @Test
    void justTheSpentOutputsAreSet() throws StoreException {
        List<AbsoluteIndexSet> sets = new ArrayList<>();
        List<Boolean> expected = new ArrayList<>();
        for (SpendingChain.Output output : made.outputs()) {
            sets.add(output.indices());
            expected.add(output.isSpent());
        }

        assertThat(expected).as("seed %d", seed).contains(true, false);
        assertThat(new SpentOutputs(chain).areSet(sets)).as("seed %d", seed).isEqualTo(expected);
        int one = random.nextInt(sets.size());
        assertThat(new SpentOutputs(chain).areSet(sets.subList(one, one + 1)))
                .as("output %d, seed %d", one, seed)
                .containsExactly(expected.get(one));
    }

    @Test
    void whatLiesBeyondTheFilterIsNotSet() throws StoreException {
        U32Sequence none = U32Sequence.owning(new int[AbsoluteIndexSet.SIZE]);
        int[] far = new int[AbsoluteIndexSet.SIZE];
        far[7] = -1;

        assertThat(new SpentOutputs(chain)
                        .areSet(List.of(
                                new AbsoluteIndexSet(1, 0, none),
                                new AbsoluteIndexSet(0, -1, none),
                                new AbsoluteIndexSet(0, Long.MAX_VALUE, U32Sequence.owning(far)),
                                new AbsoluteIndexSet(0, 1L << 40, none))))
                .containsExactly(false, false, false, false);
        assertThat(new SpentOutputs(chain).areSet(List.of())).isEmpty();
    }
}
