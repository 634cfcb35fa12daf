package proteus.domain.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.domain.generator.Elements;
import proteus.domain.generator.Seeds;

class NativeCurrencyAmountTest {

    private static final BigInteger LIMIT = BigInteger.TWO.pow(127);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "-1",
                "18446744073709551615",
                "18446744073709551616",
                "-18446744073709551616",
                "4000000000000000000000000000000",
                "170141183460469231731687303715884105727",
                "-170141183460469231731687303715884105728"
            })
    void everySigned128BitNumberIsAnAmount(String units) {
        NativeCurrencyAmount amount = NativeCurrencyAmount.ofUnits(new BigInteger(units));

        assertThat(amount.toUnits()).isEqualTo(new BigInteger(units));
        assertThat(amount).hasToString(units);
    }

    @Test
    void aNumberOfMoreBitsIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> NativeCurrencyAmount.ofUnits(LIMIT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NativeCurrencyAmount.ofUnits(LIMIT.negate().subtract(BigInteger.ONE)));
    }

    @Test
    void amountsAreOrderedAsSignedNumbers() {
        NativeCurrencyAmount smallest = NativeCurrencyAmount.ofUnits(LIMIT.negate());
        NativeCurrencyAmount minusOne = NativeCurrencyAmount.ofUnits(BigInteger.ONE.negate());
        NativeCurrencyAmount lowWordNegative = NativeCurrencyAmount.ofUnits(BigInteger.TWO.pow(63));

        assertThat(smallest).isLessThan(minusOne);
        assertThat(minusOne).isLessThan(NativeCurrencyAmount.ZERO);
        assertThat(NativeCurrencyAmount.ZERO).isLessThan(lowWordNegative);
    }

    @Test
    void theMaximumIs42MillionCoins() {
        assertThat(NativeCurrencyAmount.MAX).hasToString("168000000000000000000000000000000000000");
        assertThat(NativeCurrencyAmount.ofCoins(42_000_000)).isEqualTo(NativeCurrencyAmount.MAX);
        assertThat(NativeCurrencyAmount.ofCoins(-1)).hasToString("-4000000000000000000000000000000");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 0",
        "-1, 0",
        "2, 1",
        "-2, -1",
        "3, 1",
        "-3, -1",
        "18446744073709551616, 9223372036854775808",
        "-18446744073709551617, -9223372036854775808",
        "170141183460469231731687303715884105727, 85070591730234615865843651857942052863",
        "-170141183460469231731687303715884105728, -85070591730234615865843651857942052864",
        "-170141183460469231731687303715884105727, -85070591730234615865843651857942052863"
    })
    void halvesAreRoundedTowardsZero(BigInteger units, BigInteger half) {
        assertThat(NativeCurrencyAmount.ofUnits(units).half()).isEqualTo(NativeCurrencyAmount.ofUnits(half));
    }

    @Test
    void sumsAreWithinTheMaximum() {
        NativeCurrencyAmount max = NativeCurrencyAmount.MAX;
        NativeCurrencyAmount min = negated(max);
        NativeCurrencyAmount one = NativeCurrencyAmount.ofUnits(BigInteger.ONE);
        NativeCurrencyAmount largest = NativeCurrencyAmount.ofUnits(LIMIT.subtract(BigInteger.ONE));
        NativeCurrencyAmount smallest = NativeCurrencyAmount.ofUnits(LIMIT.negate());

        assertThat(max.checkedAdd(NativeCurrencyAmount.ZERO)).contains(max);
        assertThat(max.checkedAdd(one)).isEmpty();
        assertThat(max.checkedAdd(min)).contains(NativeCurrencyAmount.ZERO);
        assertThat(min.checkedAdd(NativeCurrencyAmount.ZERO)).contains(min);
        assertThat(min.checkedAdd(negated(one))).isEmpty();
        // Of 128 bits themselves, not only of what is in use.
        assertThat(largest.checkedAdd(one)).isEmpty();
        assertThat(largest.checkedAdd(largest)).isEmpty();
        assertThat(smallest.checkedAdd(smallest)).isEmpty();
        assertThat(smallest.checkedAdd(largest)).contains(negated(one));
    }

    @Test
    void differencesAreOfAmountsThatAreNotNegative() {
        NativeCurrencyAmount one = NativeCurrencyAmount.ofUnits(BigInteger.ONE);
        NativeCurrencyAmount max = NativeCurrencyAmount.MAX;

        assertThat(max.checkedSub(max)).contains(NativeCurrencyAmount.ZERO);
        assertThat(max.checkedSub(one))
                .contains(NativeCurrencyAmount.ofUnits(max.toUnits().subtract(BigInteger.ONE)));
        assertThat(one.checkedSub(max)).isEmpty();
        assertThat(one.checkedSub(negated(one))).isEmpty();
        assertThat(negated(one).checkedSub(negated(max))).isEmpty();
        assertThat(NativeCurrencyAmount.ZERO.checkedSub(one)).isEmpty();
        assertThat(NativeCurrencyAmount.ofUnits(LIMIT.negate()).checkedSub(one)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void amountsCountAsNumbersDo(long seed) {
        Seeds.check(seed, random -> {
            NativeCurrencyAmount a = new NativeCurrencyAmount(Elements.word(random), Elements.word(random));
            NativeCurrencyAmount b = new NativeCurrencyAmount(Elements.word(random), Elements.word(random));
            BigInteger sum = a.toUnits().add(b.toUnits());
            BigInteger difference = a.toUnits().subtract(b.toUnits());

            assertThat(a.half().toUnits()).isEqualTo(a.toUnits().divide(BigInteger.TWO));
            assertThat(a.isNegative()).isEqualTo(a.toUnits().signum() < 0);
            assertThat(a.checkedAdd(b).map(NativeCurrencyAmount::toUnits))
                    .isEqualTo(Optional.of(sum)
                            .filter(units -> units.abs().compareTo(NativeCurrencyAmount.MAX.toUnits()) <= 0));
            assertThat(a.checkedSub(b).map(NativeCurrencyAmount::toUnits))
                    .isEqualTo(Optional.of(difference)
                            .filter(units -> units.signum() >= 0 && !a.isNegative() && !b.isNegative()));
        });
    }

    private static NativeCurrencyAmount negated(NativeCurrencyAmount amount) {
        return NativeCurrencyAmount.ofUnits(amount.toUnits().negate());
    }
}
