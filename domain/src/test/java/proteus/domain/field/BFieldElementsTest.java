package proteus.domain.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BFieldElementsTest {

    @Test
    void aSequenceKeepsACopy() {
        long[] given = {1, 2, 3};

        BFieldElements elements = BFieldElements.of(given);
        given[0] = 9;
        elements.toArray()[1] = 9;

        assertThat(elements.toArray()).containsExactly(1, 2, 3);
        assertThat(elements).isEqualTo(BFieldElements.of(1, 2, 3)).hasSameHashCodeAs(BFieldElements.of(1, 2, 3));
        assertThat(elements).isNotEqualTo(BFieldElements.of(1, 2));
        assertThat(elements.size()).isEqualTo(3);
        assertThat(elements.at(2)).isEqualTo(3);
    }

    @Test
    void nothingButCanonicalElementsIsTaken() {
        assertThatIllegalArgumentException().isThrownBy(() -> BFieldElements.of(1, BFieldElement.P));
        assertThatIllegalArgumentException().isThrownBy(() -> BFieldElements.owning(new long[] {-1}));
    }

    @Test
    void elementsAreCopiedWhereTheyFit() {
        long[] target = new long[4];

        BFieldElements.of(1, 2).copyTo(target, 1);

        assertThat(target).containsExactly(0, 1, 2, 0);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> BFieldElements.of(1, 2).copyTo(target, 3));
    }

    @Test
    void theTextOfALongSequenceIsShort() {
        assertThat(BFieldElements.of(1, BFieldElement.P - 1)).hasToString("[1, 18446744069414584320]");
        assertThat(BFieldElements.of(1, 2, 3, 4, 5)).hasToString("[1, 2, 3, 4, … 5 elements]");
        assertThat(BFieldElements.empty().isEmpty()).isTrue();
        assertThat(BFieldElements.of()).isSameAs(BFieldElements.empty());
    }
}
