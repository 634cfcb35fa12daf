package proteus.domain.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.block.BlockHeight;
import proteus.domain.field.BFieldElement;
import proteus.domain.generator.Seeds;

class ChallengeHeightsTest {

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void tenHeightsInOrderCanBeShownByWhoHasTheChain(long seed) {
        Seeds.check(seed, random -> {
            long own = random.nextLong(1L << random.nextInt(1, 50));
            long claimed = own + 10 + random.nextLong(1L << random.nextInt(1, 50));

            List<BlockHeight> heights =
                    ChallengeHeights.draw(new BlockHeight(own), new BlockHeight(claimed), random::nextLong);

            assertThat(heights).hasSize(10).isSorted();
            assertThat(heights.getFirst().value()).isGreaterThan(1);
            assertThat(heights.getLast().value()).isLessThan(claimed);
            assertThat(heights.stream().filter(height -> height.value() >= own).count())
                    .isGreaterThanOrEqualTo(5);
        });
    }

    @Test
    void halfAreAsFarBelowTheTipAsLeadingZerosSay() {
        // z1 = 1, z2 = 2, z3 = 0, z4 = 3: 31 + 14 + 3 + 1 = 49 below; then uniform ones, where the
        // lowest draws, which would make some heights likelier, count for nothing.
        long[] near = {1L << 62, 1L << 61, -1, 1L << 60};
        Iterator<Long> drawn = LongStream.concat(
                        LongStream.range(0, 20).map(i -> near[(int) i % 4]),
                        LongStream.of(900, 901, 0, 15, 980, 989, 990))
                .iterator();

        List<BlockHeight> heights = ChallengeHeights.draw(new BlockHeight(10), new BlockHeight(100), drawn::next);

        assertThat(heights.stream().map(BlockHeight::value))
                .containsExactly(10L, 10L, 11L, 51L, 51L, 51L, 51L, 51L, 90L, 99L);
    }

    @ParameterizedTest
    @CsvSource({"0, 9", "100, 109", "5, 4", "5, 5"})
    void chainsThatAreNearAreNotChallenged(long own, long claimed) {
        assertThatThrownBy(() -> ChallengeHeights.draw(new BlockHeight(own), new BlockHeight(claimed), () -> 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theHighestHeightCanBeClaimed() {
        Iterator<Long> drawn = LongStream.iterate(1, x -> x * 6364136223846793005L + 1442695040888963407L)
                .iterator();

        List<BlockHeight> heights =
                ChallengeHeights.draw(BlockHeight.GENESIS, new BlockHeight(BFieldElement.P - 1), drawn::next);

        assertThat(heights).hasSize(10).isSorted();
    }
}
