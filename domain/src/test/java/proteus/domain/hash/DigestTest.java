package proteus.domain.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.field.BFieldElement;
import proteus.domain.generator.Elements;
import proteus.domain.generator.Seeds;

class DigestTest {

    @Test
    void theHexFormHasTheLowByteOfElementZeroFirst() {
        Digest digest = new Digest(1, 0x0203, 0, 0, BFieldElement.P - 1);

        assertThat(digest.toHex())
                .isEqualTo("0100000000000000" + "0302000000000000" + "0".repeat(32) + "00000000ffffffff");
        assertThat(Digest.fromHex(digest.toHex().toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(digest);
        assertThat(digest).hasToString(digest.toHex());
    }

    @Test
    void hexOfAnotherLengthOrWithWordsAboveTheFieldIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Digest.fromHex("00"));
        assertThatIllegalArgumentException().isThrownBy(() -> Digest.fromHex("g".repeat(80)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Digest.fromHex("01000000ffffffff" + "0".repeat(64)))
                .withMessageContaining("18446744069414584321");
    }

    @Test
    void theLastElementCountsMostAndIsUnsigned() {
        Digest low = new Digest(9, 9, 9, 9, 1);
        Digest high = new Digest(0, 0, 0, 0, BFieldElement.P - 1);

        assertThat(low).isLessThan(high);
        assertThat(new Digest(1, 2, 0, 0, 0)).isGreaterThan(new Digest(2, 1, 0, 0, 0));
        assertThat(low).isEqualByComparingTo(new Digest(9, 9, 9, 9, 1));
    }

    @ParameterizedTest
    @MethodSource("proteus.domain.generator.Seeds#some")
    void digestsSurviveHexAndDoubleReversal(long seed) {
        Seeds.check(seed, random -> {
            Digest digest = Elements.digest(random);

            assertThat(Digest.fromHex(digest.toHex())).isEqualTo(digest).hasSameHashCodeAs(digest);
            assertThat(digest.reversed().reversed()).isEqualTo(digest);
            assertThat(digest.reversed().at(0)).isEqualTo(digest.at(4));
        });
    }
}
