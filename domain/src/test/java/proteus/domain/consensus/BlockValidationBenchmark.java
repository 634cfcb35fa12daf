package proteus.domain.consensus;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHash;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.Timestamp;

/** How long the full judgement of a block takes: of a small one, and of one at the limits. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BlockValidationBenchmark {

    private static final Network NETWORK = new Network.TestnetMock();
    private static final Timestamp NOW = new Timestamp(1L << 50);
    private static final long LATE = 1_176_000;

    /** After these outputs no input needs to be shown, so that an input takes no room for that. */
    private static final int OLD = 3_000;

    private static final int LIMIT = 16_384;

    /** Inputs and outputs of the block; with as many as there can be, it is filled up to a million elements. */
    @Param({"2", "16384"})
    private int items = 2;

    private TestChain chain = TestChain.of(NETWORK);
    private Block block = chain.tip().block();

    /** Makes the block and its parents. */
    @Setup
    public void compose() {
        SplittableRandom random = new SplittableRandom(1);
        chain = TestChain.of(NETWORK);
        chain.grow(List.of(), List.of(), LATE);
        chain.grow(TestChain.secrets(random, OLD), List.of(), LATE);
        chain.grow(TestChain.secrets(random, LIMIT), List.of(), LATE);
        List<TestChain.Owned> inputs = chain.owned().subList(OLD, OLD + items);
        BlockContent content = chain.content(TestChain.secrets(random, items), inputs, LATE);
        BlockContent hidden = with(content, List.of());
        int size = BlockHash.size(chain.mined(hidden));
        int filler = items == LIMIT ? StandAloneRules.MAX_BLOCK_SIZE - size - 3 : 1;
        block = chain.mined(with(content, List.of(new Announcement(BFieldElements.owning(new long[filler])))));
        if (!judge().equals(new BlockVerdict.Valid())) {
            throw new IllegalStateException("not valid: " + judge());
        }
    }

    private static BlockContent with(BlockContent content, List<Announcement> announcements) {
        return new BlockContent(
                content.inputs(),
                content.outputs(),
                announcements,
                content.fee(),
                content.coinbase(),
                content.timestamp(),
                content.guesser());
    }

    /** All rules, one after the other. */
    @Benchmark
    public BlockVerdict judge() {
        return new BlockValidation(NETWORK, KnownClaims.none()).judge(chain.tip(), block, NOW);
    }

    /** The baseline: the hash of the block, which is computed for each block that comes in. */
    @Benchmark
    public Digest hash() {
        return BlockHash.of(block);
    }
}
