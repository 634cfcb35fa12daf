package proteus.domain.field;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class U32SequenceTest {

    @Test
    void wordsAreUnsigned() {
        U32Sequence words = U32Sequence.of(0, -1);

        assertThat(words.at(1)).isEqualTo(-1);
        assertThat(words.valueAt(1)).isEqualTo(4_294_967_295L);
        assertThat(words).hasToString("[0, 4294967295]");
    }

    @Test
    void neitherTheArrayItCameFromNorTheOneItGivesChangesIt() {
        int[] source = {1, 2};
        U32Sequence words = U32Sequence.of(source);

        source[0] = 9;
        words.toArray()[1] = 9;

        assertThat(words).isEqualTo(U32Sequence.of(1, 2)).hasSameHashCodeAs(U32Sequence.of(1, 2));
    }

    @Test
    void emptySequencesAreOneObject() {
        assertThat(U32Sequence.of()).isSameAs(U32Sequence.empty());
        assertThat(U32Sequence.empty().isEmpty()).isTrue();
    }

    @Test
    void aLongSequenceIsShownByItsBeginning() {
        assertThat(U32Sequence.owning(new int[100])).hasToString("[0, 0, 0, 0, 0, 0, 0, 0, … 100 words]");
    }
}
