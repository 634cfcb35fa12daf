package proteus.domain.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BFieldElementTest {

    /** 2^32 divides p - 1, once. */
    private static final long PRIMITIVE_ROOT = 1_753_635_133_440_165_772L;

    @ParameterizedTest
    @CsvSource({"1, 18446744069414584320", "2, 281474976710656", "8, 13797081185216407910", "16, 6115771955107415310"})
    void rootsOfUnityArePowersOfThePrimitiveOne(int logOfOrder, String root) {
        assertThat(BFieldElement.power(PRIMITIVE_ROOT, 1L << (32 - logOfOrder)))
                .isEqualTo(Long.parseUnsignedLong(root));
    }

    @Test
    void sevenGeneratesAllElementsButZero() {
        assertThat(BFieldElement.power(7, BFieldElement.P - 1)).isOne();
        for (long primeFactor : new long[] {2, 3, 5, 17, 257, 65_537}) {
            assertThat(BFieldElement.power(7, Long.divideUnsigned(BFieldElement.P - 1, primeFactor)))
                    .isNotEqualTo(1);
        }
    }

    @Test
    void aPowerWithExponentZeroIsOne() {
        assertThat(BFieldElement.power(0, 0)).isOne();
        assertThat(BFieldElement.power(5, 0)).isOne();
        assertThat(BFieldElement.power(0, 5)).isZero();
    }

    @Test
    void zeroHasNoInverse() {
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> BFieldElement.inverse(0));
    }

    @Test
    void onlyValuesBelowTheOrderAreCanonical() {
        assertThat(BFieldElement.isCanonical(BFieldElement.P - 1)).isTrue();
        assertThat(BFieldElement.isCanonical(BFieldElement.P)).isFalse();
        assertThat(BFieldElement.requireCanonical(BFieldElement.P - 1)).isEqualTo(BFieldElement.P - 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BFieldElement.requireCanonical(-1))
                .withMessageContaining("18446744073709551615");
    }
}
