package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.Difficulty;
import proteus.domain.block.Genesis;
import proteus.domain.block.ProofOfWork;
import proteus.domain.field.BFieldElement;
import proteus.domain.generator.Elements;
import proteus.domain.generator.Seeds;
import proteus.domain.network.Network;
import proteus.domain.network.NetworkParameters;
import proteus.domain.transaction.Timestamp;

class DifficultyControlTest {

    private static final NetworkParameters MAIN = NetworkParameters.of(new Network.Main());
    private static final NetworkParameters TESTNET_MOCK = NetworkParameters.of(new Network.TestnetMock());
    private static final BigInteger MOST_WORK = BigInteger.TWO.pow(192).subtract(BigInteger.ONE);
    private static final BigInteger HIGHEST = BigInteger.TWO.pow(160).subtract(BigInteger.ONE);

    @ParameterizedTest
    @CsvSource({
        // Protocol page "consensus", section 13.
        "100000000, 588000, 100000000",
        "100000000, 60000, 105611963",
        "100000000, 1000000000, 75000000",
        "100000000, 600000, 99872455",
        // The least difficulty, and times that run backwards.
        "6000, 1000000000, 6000",
        "1, 588000, 6000",
        "0, 588000, 6000",
        "100000000, -1, 106249697",
        "100000000, -9223372036854775808, 106250000",
        "100000000, 9223372036854775807, 75000000"
    })
    void theDifficultyGoesSixteenthOfTheErrorTheOtherWay(long difficulty, long elapsed, long next) {
        assertThat(adjusted(BigInteger.valueOf(difficulty), elapsed)).isEqualTo(BigInteger.valueOf(next));
    }

    @Test
    void theDifficultyDoesNotOverflow() {
        assertThat(adjusted(HIGHEST, 0)).isEqualTo(HIGHEST);
        assertThat(adjusted(HIGHEST, 588_000)).isEqualTo(HIGHEST);
        assertThat(adjusted(HIGHEST, 1_000_000_000)).isLessThan(HIGHEST);
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void theDifficultyIsThatOfExactArithmetic(long seed) {
        Seeds.check(seed, random -> {
            BigInteger difficulty = new BigInteger(random.nextInt(161), java.util.Random.from(random));
            long elapsed = random.nextBoolean() ? Elements.word(random) : random.nextLong(5_000_000);
            long target = random.nextBoolean() ? 588_000 : 100;

            BigDecimal step = BigDecimal.valueOf((1L << 32) / target);
            BigDecimal error = BigDecimal.valueOf(elapsed)
                    .subtract(BigDecimal.valueOf(target))
                    .multiply(step)
                    .max(BigDecimal.valueOf(-(1L << 32)))
                    .min(BigDecimal.valueOf(4L << 32));
            BigDecimal factor = BigDecimal.valueOf(1L << 32)
                    .add(error.negate().divide(BigDecimal.valueOf(16), 0, RoundingMode.FLOOR));
            BigInteger expected = new BigDecimal(difficulty)
                    .multiply(factor)
                    .divide(BigDecimal.valueOf(1L << 32), 0, RoundingMode.FLOOR)
                    .toBigInteger()
                    .min(HIGHEST)
                    .max(BigInteger.valueOf(6_000));

            assertThat(DifficultyControl.adjusted(Difficulty.of(difficulty), elapsed, target)
                            .toBigInteger())
                    .isEqualTo(expected);
        });
    }

    @Test
    void theBlockAfterGenesisIsAsHardAsGenesis() {
        BlockHeader genesis = Genesis.of(new Network.Main()).header();

        assertThat(DifficultyControl.next(MAIN, genesis, genesis.timestamp().plus(1)))
                .isEqualTo(genesis.difficulty());
    }

    @Test
    void onTestnetMockTheDifficultyFallsBackAfterALongTime() {
        BlockHeader parent = at(7, 1_000_000);

        assertThat(next(TESTNET_MOCK, parent, 1_176_000)).isEqualTo(6_000);
        assertThat(next(TESTNET_MOCK, parent, 1_175_999)).isGreaterThan(900_000);
        assertThat(next(MAIN, parent, 1_176_000)).isGreaterThan(900_000);
    }

    @Test
    void aBlockOlderThanItsParentCountsAsLateForTheFallBack() {
        BlockHeader parent = at(7, 1_000_000);

        assertThat(DifficultyControl.resets(
                        TESTNET_MOCK, parent, new Timestamp(parent.timestamp().millis() - 1)))
                .isTrue();
    }

    @Test
    void theBoundOfWorkIsOneDifficultyForOneBlockAndALittleMore() {
        Difficulty difficulty = Difficulty.of(BigInteger.valueOf(1_000_000_000));
        ProofOfWork start = ProofOfWork.of(BigInteger.valueOf(5_000_000_000L));

        assertThat(DifficultyControl.maxCumulativePowAfter(MAIN, start, difficulty, 0)
                        .toBigInteger())
                .isEqualTo(BigInteger.valueOf(5_000_005_000L));
        assertThat(DifficultyControl.maxCumulativePowAfter(MAIN, start, difficulty, 1)
                        .toBigInteger())
                .isBetween(BigInteger.valueOf(6_056_120_000L), BigInteger.valueOf(6_056_140_000L));
    }

    @Test
    void theBoundOfWorkEndsAtTheMostWork() {
        Difficulty difficulty = Difficulty.MINIMUM;
        ProofOfWork none = ProofOfWork.of(BigInteger.ZERO);

        assertThat(DifficultyControl.maxCumulativePowAfter(MAIN, none, difficulty, -1)
                        .toBigInteger())
                .isEqualTo(MOST_WORK);
        assertThat(DifficultyControl.maxCumulativePowAfter(MAIN, ProofOfWork.of(MOST_WORK), difficulty, 0)
                        .toBigInteger())
                .isEqualTo(MOST_WORK);
    }

    @Test
    void noChainThatKeepsTheRulesHasMoreWorkThanTheBound() {
        Difficulty difficulty = Difficulty.of(BigInteger.valueOf(123_456_789));
        ProofOfWork work = ProofOfWork.of(BigInteger.ONE);
        Difficulty start = difficulty;
        int blocks = 300;
        for (int i = 0; i < blocks; i++) {
            difficulty = DifficultyControl.adjusted(difficulty, MAIN.minimumBlockTime(), MAIN.targetBlockInterval());
            work = work.plus(difficulty);
        }

        assertThat(DifficultyControl.maxCumulativePowAfter(MAIN, ProofOfWork.of(BigInteger.ONE), start, blocks))
                .isGreaterThan(work);
    }

    @Test
    void timesAreTakenFromTheField() {
        Timestamp last = new Timestamp(BFieldElement.P - 1);

        assertThat(last.plus(1)).isEqualTo(new Timestamp(0));
        assertThat(new Timestamp(0).since(last)).isEqualTo(1);
        assertThat(last).isGreaterThan(new Timestamp(Long.MAX_VALUE));
    }

    private static BlockHeader at(long height, long difficulty) {
        BlockHeader header = Genesis.of(new Network.TestnetMock()).header();
        return Headers.with(header)
                .height(new BlockHeight(height))
                .difficulty(difficulty)
                .header();
    }

    private static long next(NetworkParameters network, BlockHeader parent, long later) {
        return DifficultyControl.next(network, parent, parent.timestamp().plus(later))
                .toBigInteger()
                .longValueExact();
    }

    private static BigInteger adjusted(BigInteger difficulty, long elapsed) {
        return DifficultyControl.adjusted(Difficulty.of(difficulty), elapsed, 588_000)
                .toBigInteger();
    }
}
