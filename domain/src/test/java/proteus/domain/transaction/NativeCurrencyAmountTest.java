package proteus.domain.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
}
