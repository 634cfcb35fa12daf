package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.domain.consensus.RegtestBlock.BLOCK;
import static proteus.domain.consensus.RegtestBlock.CHAIN;
import static proteus.domain.consensus.RegtestBlock.HUGE_OUTPUT;
import static proteus.domain.consensus.RegtestBlock.LARGE_OUTPUT;
import static proteus.domain.consensus.RegtestBlock.MINUTES;
import static proteus.domain.consensus.RegtestBlock.NAU;
import static proteus.domain.consensus.RegtestBlock.PARENT;
import static proteus.domain.consensus.RegtestBlock.REGTEST;
import static proteus.domain.consensus.RegtestBlock.WRAPPED_OUTPUT;
import static proteus.domain.consensus.RegtestBlock.WRAPPED_TO_NOTHING_OUTPUT;
import static proteus.domain.consensus.RegtestBlock.counted;
import static proteus.domain.consensus.RegtestBlock.judge;
import static proteus.domain.consensus.RegtestBlock.mined;
import static proteus.domain.consensus.RegtestBlock.spending;
import static proteus.domain.consensus.RegtestBlock.with;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import proteus.domain.block.Block;
import proteus.domain.transaction.NativeCurrencyAmount;

/** The count of old coins. On regtest it begins with the first block. */
class LustrationRulesTest {

    static List<BrokenBlock> ofLustration() {
        NativeCurrencyAmount initial = NativeCurrencyAmount.ofCoins(3_559_296);
        return List.of(
                BrokenBlock.of(
                        BlockRule.BAD_LUSTRATION_AOCL_THRESHOLD,
                        "one more",
                        with().lustration(old ->
                                new LustrationStatus(old.counter(), old.maxLustratingAoclLeafIndex() + 1))),
                BrokenBlock.of(
                        BlockRule.MISSING_LUSTRATION_ANNOUNCEMENT,
                        "an input not shown",
                        with().announcements(List.of())),
                BrokenBlock.of(
                        BlockRule.MISSING_LUSTRATION_ANNOUNCEMENT,
                        "another output shown",
                        with().announcements(
                                        List.of(TestChain.shown(CHAIN.owned().getLast())))),
                BrokenBlock.of(BlockRule.UNKNOWN_LUSTRATION_PROBLEM, "a sum above all amounts", spending(HUGE_OUTPUT)),
                BrokenBlock.of(BlockRule.NEGATIVE_LUSTRATION_COUNTER, "more than there is", spending(LARGE_OUTPUT)),
                BrokenBlock.of(BlockRule.NEGATIVE_LUSTRATION_COUNTER, "less than nothing", spending(WRAPPED_OUTPUT)),
                BrokenBlock.of(
                        BlockRule.LUSTRATION_COUNTER_EXCEEDS_INITIAL_VALUE,
                        "by the smallest unit",
                        with().lustration(old ->
                                counted(old, initial.checkedAdd(NAU).orElseThrow()))),
                BrokenBlock.of(
                        BlockRule.BAD_LUSTRATION_COUNTER,
                        "the initial value",
                        with().lustration(old -> counted(old, initial))),
                BrokenBlock.of(
                        BlockRule.BAD_LUSTRATION_COUNTER,
                        "negative",
                        with().lustration(old -> counted(old, new NativeCurrencyAmount(Long.MIN_VALUE, 0)))));
    }

    @Test
    void theFirstBlockStartsTheCount() {
        TestChain chain = TestChain.of(REGTEST);
        ParentBlock genesis = chain.tip();
        Block first = chain.grow(TestChain.secrets(new SplittableRandom(1), 4), List.of(), MINUTES);
        LustrationStatus status =
                LustrationStatus.of(first.kernel().header().pow()).orElseThrow();

        // 95 outputs of genesis, 4 of the block, 2 of its guesser; counted from 0.
        assertThat(status).isEqualTo(new LustrationStatus(NativeCurrencyAmount.ofCoins(3_559_296), 100));
        Block otherThreshold = Blocks.with(first)
                .lustration(old -> new LustrationStatus(old.counter(), 99))
                .mined();
        Block otherCounter = Blocks.with(first)
                .lustration(old -> counted(old, NativeCurrencyAmount.ofCoins(3_559_295)))
                .mined();
        assertThat(judge(genesis, otherThreshold))
                .isEqualTo(new BlockVerdict.Invalid(BlockRule.BAD_LUSTRATION_AOCL_THRESHOLD));
        assertThat(judge(genesis, otherCounter)).isEqualTo(new BlockVerdict.Invalid(BlockRule.BAD_LUSTRATION_COUNTER));
    }

    /** On networks with mock proofs such an output can be made; elsewhere its transaction cannot be proven. */
    @Test
    void coinsOfOneOutputThatWrapToNothingBringNothingOut() {
        Block block = mined(spending(WRAPPED_TO_NOTHING_OUTPUT));

        assertThat(judge(block)).isEqualTo(new BlockVerdict.Valid());
        assertThat(LustrationStatus.of(block.kernel().header().pow()))
                .isEqualTo(LustrationStatus.of(PARENT.header().pow()));
    }

    @Test
    void aParentWhoseCountCannotBeReadIsNamed() {
        Block unreadable = Blocks.with(PARENT.block()).pathA(27, 0, 1L << 32).block();

        assertThat(judge(new ParentBlock(unreadable, PARENT.digest()), BLOCK))
                .isEqualTo(new BlockVerdict.Invalid(BlockRule.BAD_LUSTRATION_COUNTER_ENCODING_OF_PARENT));
    }
}
