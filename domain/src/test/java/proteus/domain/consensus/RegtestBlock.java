package proteus.domain.consensus;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import proteus.domain.block.Block;
import proteus.domain.field.BFieldElements;
import proteus.domain.mutatorset.ChunkPacking;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.mutatorset.MutatorSetUpdate;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.mutatorset.RemovalRecordList;
import proteus.domain.network.Network;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;

/** A valid block on regtest, on top of two blocks whose outputs can be spent; and others made of it. */
final class RegtestBlock {

    static final Network REGTEST = new Network.RegTest();
    static final Timestamp NOW = new Timestamp(2_000_000_000_000L);
    static final long MINUTES = 600_000;
    static final NativeCurrencyAmount NAU = new NativeCurrencyAmount(0, 1);

    /** What 2^128 is more than twice the most coins. */
    private static final NativeCurrencyAmount REST =
            NativeCurrencyAmount.ofUnits(new BigInteger("4282366920938463463374607431768211456"));

    /** More than may still come out. */
    static final int LARGE_OUTPUT = 0;

    /** Two coins whose sum is no amount. */
    static final int HUGE_OUTPUT = 1;

    /** Two coins whose sum is above 128 bits, and so less than nothing. */
    static final int WRAPPED_OUTPUT = 2;

    /** Three coins whose sum is 2^128, and so nothing. */
    static final int WRAPPED_TO_NOTHING_OUTPUT = 3;

    private static final int SPENT_OUTPUT = 4;
    private static final int OUTPUT = 5;

    static final TestChain CHAIN = chain();
    static final RemovalRecord SPENT = spent();
    static final ParentBlock PARENT = CHAIN.tip();
    static final Block BLOCK = CHAIN.mined(content(CHAIN.owned().get(OUTPUT - 1)));

    private RegtestBlock() {}

    private static TestChain chain() {
        SplittableRandom random = new SplittableRandom(1);
        List<TestChain.Secret> outputs = new ArrayList<>(List.of(
                TestChain.Secret.of(random, NativeCurrencyAmount.ofCoins(4_000_000)),
                TestChain.Secret.of(random, NativeCurrencyAmount.MAX, NAU),
                TestChain.Secret.of(random, NativeCurrencyAmount.MAX, NativeCurrencyAmount.MAX),
                TestChain.Secret.of(random, NativeCurrencyAmount.MAX, NativeCurrencyAmount.MAX, REST)));
        outputs.addAll(TestChain.secrets(random, 20));
        TestChain chain = TestChain.of(REGTEST);
        chain.grow(outputs, List.of(), MINUTES);
        chain.grow(TestChain.secrets(random, 3), List.of(chain.owned().get(SPENT_OUTPUT)), MINUTES);
        return chain;
    }

    private static RemovalRecord spent() {
        TestChain before = CHAIN.forkAt(1);
        return before.removal(before.owned().get(SPENT_OUTPUT));
    }

    private static BlockContent content(TestChain.Owned... inputs) {
        return CHAIN.content(TestChain.secrets(new SplittableRandom(2), 2), List.of(inputs), MINUTES);
    }

    static BlockVerdict judge(Block block) {
        return judge(PARENT, block);
    }

    static BlockVerdict judge(ParentBlock parent, Block block) {
        return new BlockValidation(REGTEST, KnownClaims.none()).judge(parent, block, NOW);
    }

    static Blocks with() {
        return Blocks.with(BLOCK);
    }

    static Block mined(Blocks changed) {
        return changed.mined();
    }

    static Blocks timed(long later) {
        BlockContent content = CHAIN.content(List.of(), List.of(), later);
        return Blocks.with(new BlockComposer(REGTEST).compose(PARENT, content).orElseThrow());
    }

    /** A block that spends what cannot be counted: one that spends nothing, and its transaction and set replaced. */
    static Blocks spending(int output) {
        TestChain.Owned input = CHAIN.owned().get(output);
        List<RemovalRecord> removals = List.of(CHAIN.removal(input));
        Block empty = new BlockComposer(REGTEST).compose(PARENT, content()).orElseThrow();
        MutatorSetAccumulator set = new MutatorSetUpdate(
                        removals, empty.kernel().body().transactionKernel().outputs())
                .applyTo(PARENT.mutatorSetAfter().orElseThrow())
                .orElseThrow();
        return Blocks.with(empty)
                .inputs(packed(removals))
                .announcements(List.of(TestChain.shown(input)))
                .mutatorSet(set);
    }

    static List<RemovalRecord> packed(List<RemovalRecord> records) {
        return RemovalRecordList.pack(
                records, PARENT.mutatorSetAfter().orElseThrow().aocl().leafCount(), ChunkPacking.LONG);
    }

    static LustrationStatus counted(LustrationStatus old, NativeCurrencyAmount counter) {
        return new LustrationStatus(counter, old.maxLustratingAoclLeafIndex());
    }

    static Announcement announcement(int elements) {
        return new Announcement(BFieldElements.owning(new long[elements]));
    }
}
