package proteus.domain.mutatorset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.field.U32Sequence;
import proteus.domain.generator.Elements;
import proteus.domain.generator.Seeds;
import proteus.domain.hash.Digest;

class AbsoluteIndexSetTest {

    private static final U32Sequence DISTANCES = U32Sequence.owning(new int[45]);

    /** Protocol page "consensus", section 13. */
    private static final int[] REFERENCE = {
        26436, 617318, 500955, 248510, 350271, 662306, 814077, 1016707, 12377, 476908, 215847, 484724, 18609, 208696,
        340606, 503689, 28674, 222424, 1020921, 470012, 856492, 997660, 989676, 819432, 176612, 686569, 583750, 188089,
        639342, 330004, 1042443, 481021, 298349, 450548, 646862, 597248, 174728, 1026385, 416640, 726004, 919486,
        309154, 415716, 351872, 113106
    };

    @Test
    void anItemHasTheReferencesIndices() {
        AbsoluteIndexSet indices = AbsoluteIndexSet.compute(
                new Digest(1, 2, 3, 4, 5), new Digest(6, 7, 8, 9, 10), new Digest(11, 12, 13, 14, 15), 1000);

        assertThat(indices.minimum()).isEqualTo(524_377);
        assertThat(indices.distances().toArray())
                .isEqualTo(Arrays.stream(REFERENCE).map(i -> i - 12_377).toArray());
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void theWindowOfAnItemStartsWhereItsBatchDoes(long seed) {
        Seeds.check(seed, random -> {
            long index = Elements.word(random);
            Digest item = Elements.digest(random);

            AbsoluteIndexSet atZero = AbsoluteIndexSet.compute(item, Digest.ZERO, Digest.ZERO, 0);
            AbsoluteIndexSet indices = AbsoluteIndexSet.compute(item, Digest.ZERO, Digest.ZERO, index);

            BigInteger windowStart = Elements.number(index).shiftRight(3).shiftLeft(12);
            BigInteger inWindow = indices.minimum().subtract(windowStart);
            assertThat(inWindow).isBetween(BigInteger.ZERO, BigInteger.valueOf((1 << 20) - 1));
            assertThat(atZero.minimum()).isLessThan(BigInteger.TWO.pow(20));
            // The last batch's window ends beyond what upstream can count.
            indices.aoclRange().ifPresent(range -> {
                assertThat(Elements.number(index))
                        .isBetween(Elements.number(range.lower()), Elements.number(range.upper()));
            });
            if (index >>> 62 == 0) {
                assertThat(indices.aoclRange()).isPresent();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void chunkNumbersAreThoseOfTheSums(long seed) {
        Seeds.check(seed, random -> {
            int[] distances = new int[45];
            for (int i = 0; i < distances.length; i++) {
                distances[i] = (int) Elements.word(random);
            }
            long high = random.nextBoolean() ? random.nextLong(1 << 13) : Elements.word(random);
            AbsoluteIndexSet indices = new AbsoluteIndexSet(high, Elements.word(random), U32Sequence.of(distances));
            BigInteger[] sums = Arrays.stream(distances)
                    .mapToObj(distance -> indices.minimum().add(BigInteger.valueOf(Integer.toUnsignedLong(distance))))
                    .map(sum -> sum.min(BigInteger.TWO.pow(128).subtract(BigInteger.ONE)))
                    .toArray(BigInteger[]::new);

            assertThat(indices.hasChunkNumbers()).isEqualTo(Arrays.stream(sums).allMatch(sum -> sum.bitLength() <= 76));
            if (indices.hasChunkNumbers()) {
                assertThat(indices.chunkNumbers())
                        .isEqualTo(Arrays.stream(sums)
                                .map(sum -> sum.shiftRight(12))
                                .sorted()
                                .distinct()
                                .mapToLong(BigInteger::longValue)
                                .toArray());
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        // minimum, largest distance, lower, upper
        "0, 0, 0, 7",
        "0, 1048575, 0, 7",
        "1, 1048575, 8, 7",
        "4095, 0, 0, 7",
        "4096, 0, 0, 15",
        "4096, 1048575, 8, 15",
        "4097, 1048575, 16, 15",
        "9444732965739290423296, 0, 18446744073709549568, 18446744073709551615",
    })
    void theRangeIsWhereTheWindowCanHaveBeen(BigInteger minimum, int largest, String lower, String upper) {
        AbsoluteIndexSet indices = indices(minimum, largest);

        assertThat(indices.aoclRange())
                .contains(new AoclRange(Long.parseUnsignedLong(lower), Long.parseUnsignedLong(upper)));
    }

    @Test
    void setsAreOrderedByMinimumThenDistances() {
        int[] distances = new int[45];
        distances[44] = -1;
        U32Sequence more = U32Sequence.of(distances);
        List<AbsoluteIndexSet> ascending = List.of(
                new AbsoluteIndexSet(0, 0, DISTANCES),
                new AbsoluteIndexSet(0, 0, more),
                new AbsoluteIndexSet(0, 1, DISTANCES),
                new AbsoluteIndexSet(0, -1, DISTANCES),
                new AbsoluteIndexSet(1, 0, DISTANCES),
                new AbsoluteIndexSet(-1, 0, DISTANCES));

        assertThat(ascending.reversed().stream().sorted()).isEqualTo(ascending);
        assertThat(new AbsoluteIndexSet(0, 0, U32Sequence.of(distances))).isEqualByComparingTo(ascending.get(1));
    }

    @Test
    void indicesOfNoItemHaveNoRange() {
        assertThat(indices(BigInteger.ZERO, 1 << 20).aoclRange()).isEmpty();
        assertThat(indices(BigInteger.ZERO, -1).aoclRange()).isEmpty();
        assertThat(indices(new BigInteger("9444732965739290427392"), 0).aoclRange())
                .isEmpty();
        assertThat(indices(BigInteger.TWO.pow(128).subtract(BigInteger.ONE), (1 << 20) - 1)
                        .aoclRange())
                .isEmpty();
    }

    @Test
    void theMinimumIsOneUnsignedNumberOf128Bits() {
        assertThat(new AbsoluteIndexSet(0, -1, DISTANCES).minimum())
                .isEqualTo(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
        assertThat(new AbsoluteIndexSet(-1, -1, DISTANCES).minimum())
                .isEqualTo(BigInteger.TWO.pow(128).subtract(BigInteger.ONE));
    }

    @Test
    void anotherNumberOfDistancesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AbsoluteIndexSet(0, 0, U32Sequence.owning(new int[44])));
    }

    private static AbsoluteIndexSet indices(BigInteger minimum, int largest) {
        int[] distances = new int[45];
        distances[17] = largest;
        return new AbsoluteIndexSet(
                minimum.shiftRight(64).longValue(), minimum.longValue(), U32Sequence.owning(distances));
    }
}
