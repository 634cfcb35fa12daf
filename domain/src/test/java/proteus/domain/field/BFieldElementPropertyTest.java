package proteus.domain.field;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.domain.generator.Elements.P;
import static proteus.domain.generator.Elements.element;
import static proteus.domain.generator.Elements.number;
import static proteus.domain.generator.Elements.word;

import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.generator.Seeds;

class BFieldElementPropertyTest {

    private static final int TRIES = 200;

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void arithmeticIsThatOfIntegersModuloP(long seed) {
        Seeds.check(seed, random -> {
            for (int i = 0; i < TRIES; i++) {
                long a = element(random);
                long b = element(random);

                assertEqual(BFieldElement.add(a, b), number(a).add(number(b)));
                assertEqual(BFieldElement.subtract(a, b), number(a).subtract(number(b)));
                assertEqual(BFieldElement.multiply(a, b), number(a).multiply(number(b)));
                assertEqual(BFieldElement.toMontgomery(a), number(a).shiftLeft(64));
                assertThat(BFieldElement.fromMontgomery(BFieldElement.toMontgomery(a)))
                        .isEqualTo(a);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void everyWordIsReduced(long seed) {
        Seeds.check(seed, random -> {
            for (int i = 0; i < TRIES; i++) {
                long high = word(random);
                long low = word(random);

                assertEqual(BFieldElement.reduce(low), number(low));
                assertEqual(
                        BFieldElement.reduceWide(high, low),
                        number(high).shiftLeft(64).or(number(low)));
                long lazy = BFieldElement.multiplyLazily(high, low);
                assertEqual(BFieldElement.reduce(lazy), number(high).multiply(number(low)));
                long montgomery = BFieldElement.toMontgomeryLazily(low);
                assertEqual(BFieldElement.reduce(montgomery), number(low).shiftLeft(64));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void powersAndInversesAreThoseOfIntegersModuloP(long seed) {
        Seeds.check(seed, random -> {
            long base = element(random);
            long exponent = word(random);

            assertThat(number(BFieldElement.power(base, exponent)))
                    .isEqualTo(number(base).modPow(number(exponent), P));
            if (base != 0) {
                assertThat(number(BFieldElement.inverse(base)))
                        .isEqualTo(number(base).modInverse(P));
            }
        });
    }

    private static void assertEqual(long element, BigInteger expected) {
        assertThat(number(element)).isEqualTo(expected.mod(P));
    }
}
