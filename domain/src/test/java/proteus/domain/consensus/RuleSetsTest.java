package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.Difficulty;
import proteus.domain.block.ProofOfWork;
import proteus.domain.network.Network;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;

/** In what the rules of one height differ from those of another: blocks of main at heights that nobody composes. */
class RuleSetsTest {

    private static final Network MAIN = new Network.Main();
    private static final Timestamp NOW = new Timestamp(1L << 50);
    private static final TestChain CHAIN = chain();
    private static final Block BLOCK = CHAIN.tip().block();

    private static TestChain chain() {
        TestChain chain = TestChain.of(new Network.TestnetMock());
        chain.grow(TestChain.secrets(new SplittableRandom(3), 2), List.of(), 1_176_000);
        return chain;
    }

    @ParameterizedTest
    @CsvSource({"0, true", "37999, true", "38000, false", "40300, false", "55000, false"})
    void theVersionIsRepeatedSinceBeta(long height, boolean good) {
        Block block = at(height).header(old -> old.version(9)).block();

        assertThat(values(block)).isEqualTo(good ? Optional.empty() : Optional.of(BlockRule.VERSION_MISMATCH));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "40299, true", "40300, false", "55000, false"})
    void transactionsAgeSinceGamma(long height, boolean good) {
        Timestamp old = new Timestamp(BLOCK.kernel().header().timestamp().millis() - 259_200_001);
        Block block = at(height).transactionTimestamp(old).block();

        assertThat(values(block)).isEqualTo(good ? Optional.empty() : Optional.of(BlockRule.TRANSACTION_TIMESTAMP));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "54999, true", "55000, false"})
    void transactionsRetireSinceDelta(long height, boolean good) {
        Block block = at(height)
                .announcement(Retirement.announcement(new Timestamp(5)))
                .block();

        assertThat(content(block)).isEqualTo(good ? Optional.empty() : Optional.of(BlockRule.TRANSACTION_RETIRED));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "37999, true", "38000, false", "55000, false"})
    void theLustrationStatusIsReadSinceBeta(long height, boolean good) {
        Block block = at(height).pathA(27, 0, 1L << 32).block();

        assertThat(content(block))
                .isEqualTo(good ? Optional.empty() : Optional.of(BlockRule.BAD_LUSTRATION_COUNTER_ENCODING));
        assertThat(new LustrationRules(BlockCandidate.of(MAIN, block), CHAIN.tip())
                        .firstBroken()
                        .isEmpty())
                .isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource({
        "main, 38000, 8423168",
        "main, 40300, 8717568",
        "testnet-0, 3669, 4028800",
        "testnet-0, 4650, 4154368",
        "testnet-7, 1, 3559296"
    })
    void theCountBeginsTwice(String name, long height, int coins) {
        Network network = Network.parse(name).orElseThrow();
        long threshold = BLOCK.kernel().body().mutatorSetAccumulator().aocl().leafCount() + 1;
        NativeCurrencyAmount counter = NativeCurrencyAmount.ofCoins(coins);

        assertThat(lustration(network, height, new LustrationStatus(counter, threshold)))
                .isEmpty();
        assertThat(lustration(network, height, new LustrationStatus(counter, threshold + 1)))
                .contains(BlockRule.BAD_LUSTRATION_AOCL_THRESHOLD);
        assertThat(lustration(
                        network, height, new LustrationStatus(NativeCurrencyAmount.ofCoins(coins - 1), threshold)))
                .contains(BlockRule.BAD_LUSTRATION_COUNTER);
    }

    @ParameterizedTest
    @CsvSource({"38001, 8423168", "40299, 8423168", "40301, 8717568", "60000, 8717568"})
    void theCounterIsAtMostThatOfItsPhase(long height, int coins) {
        LustrationStatus most = new LustrationStatus(NativeCurrencyAmount.ofCoins(coins), 50);
        LustrationStatus more = new LustrationStatus(
                most.counter().checkedAdd(new NativeCurrencyAmount(0, 1)).orElseThrow(), 50);

        assertThat(lustrationAfter(height, most, most)).isEmpty();
        assertThat(lustrationAfter(height, more, more)).contains(BlockRule.LUSTRATION_COUNTER_EXCEEDS_INITIAL_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"14999, 100", "15000, 100", "37999, 100", "38000, 7", "55000, 7"})
    void theWorkOfABlockIsItsParentsDifficultyUntilBeta(long height, long counted) {
        BlockHeader parent =
                Headers.with(BLOCK.kernel().header()).difficulty(100).header();
        BlockHeader block = Headers.with(parent)
                .height(new BlockHeight(height))
                .difficulty(7)
                .header();

        assertThat(new ProofOfWorkCheck(MAIN).counting(parent, block))
                .isEqualTo(Difficulty.of(BigInteger.valueOf(counted)));
    }

    @Test
    void heightsAndWorkAtTheirEndsAreJudged() {
        BlockHeight last = new BlockHeight(-0x1_0000_0000L);
        ProofOfWork most = ProofOfWork.of(BigInteger.TWO.pow(192).subtract(BigInteger.ONE));
        Block parent =
                Blocks.with(BLOCK).header(old -> old.height(last).work(most)).block();
        ParentBlock tip = new ParentBlock(parent, CHAIN.tip().digest());
        Block next = Blocks.with(BLOCK)
                .header(old -> old.height(BlockHeight.GENESIS).parent(tip.digest()))
                .block();

        // After the last height comes 0; what is wrong is only found later.
        assertThat(new ParentRules(BlockCandidate.of(MAIN, next), tip).firstBroken())
                .contains(BlockRule.BLOCK_MMR_UPDATE);
        assertThat(most.plus(Difficulty.MINIMUM).toBigInteger()).isEqualTo(BigInteger.valueOf(5_999));
        assertThat(values(at(-0x1_0000_0000L).block())).contains(BlockRule.COINBASE_TOO_BIG);
    }

    @Test
    void timesAtTheEndOfTheFieldAreJudged() {
        Timestamp last = new Timestamp(-0x1_0000_0000L);
        Block block = at(3).header(old -> old.timestamp(last)).block();

        assertThat(new StandAloneRules(BlockCandidate.of(MAIN, block), NOW).firstBrokenOfPlace())
                .contains(BlockRule.BLOCK_HEIGHT);
        assertThat(new StandAloneRules(
                                BlockCandidate.of(
                                        MAIN,
                                        at(1).header(old -> old.timestamp(last)).block()),
                                NOW)
                        .firstBrokenOfPlace())
                .contains(BlockRule.FUTURE_DATING);
    }

    private static Blocks at(long height) {
        return Blocks.with(BLOCK).header(old -> old.height(new BlockHeight(height)));
    }

    private static Optional<BlockRule> values(Block block) {
        return new StandAloneRules(BlockCandidate.of(MAIN, block), NOW).firstBrokenOfValues();
    }

    private static Optional<BlockRule> content(Block block) {
        return new StandAloneRules(BlockCandidate.of(MAIN, block), NOW).firstBrokenOfContent();
    }

    private static Optional<BlockRule> lustration(Network network, long height, LustrationStatus status) {
        Block block = at(height).lustration(old -> status).block();
        return new LustrationRules(BlockCandidate.of(network, block), CHAIN.tip()).firstBroken();
    }

    private static Optional<BlockRule> lustrationAfter(long height, LustrationStatus before, LustrationStatus status) {
        ParentBlock parent =
                ParentBlock.of(Blocks.with(BLOCK).lustration(old -> before).block());
        Block block = at(height).lustration(old -> status).block();
        return new LustrationRules(BlockCandidate.of(MAIN, block), parent).firstBroken();
    }
}
