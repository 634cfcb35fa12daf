package proteus.domain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import proteus.domain.field.BFieldElement;
import proteus.domain.field.BFieldElements;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.hash.Tip5;

class FieldWriterTest {

    private static final Digest DIGEST = new Digest(1, 2, 3, 4, 5);

    private final FieldWriter out = new FieldWriter(0);

    @Test
    void smallIntegersAndTruthValuesAreOneElement() {
        out.element(7).element(0xFFFF_FFFFL).bool(true).bool(false);

        assertWritten(7, 0xFFFF_FFFFL, 1, 0);
    }

    @Test
    void longIntegersAreLimbsOf32BitsLowFirst() {
        out.u64(0x1111_1111_2222_2222L).u64(-1).u128(0x3333_3333_4444_4444L, 0x5555_5555_6666_6666L);

        assertWritten(
                0x2222_2222L,
                0x1111_1111L,
                0xFFFF_FFFFL,
                0xFFFF_FFFFL,
                0x6666_6666L,
                0x5555_5555L,
                0x4444_4444L,
                0x3333_3333L);
    }

    @Test
    void aDigestIsItsElementsInOrder() {
        out.digest(DIGEST);

        assertWritten(1, 2, 3, 4, 5);
    }

    @Test
    void listsOfFixedLengthItemsHaveOneCount() {
        out.list(BFieldElements.of(7, 8))
                .list(U32Sequence.of(-1))
                .list(List.of(DIGEST, DIGEST))
                .list(BFieldElements.empty())
                .listOfStatic(List.of(true, false), FieldWriter::bool);

        assertWritten(2, 7, 8, 1, 0xFFFF_FFFFL, 2, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 0, 2, 1, 0);
    }

    @Test
    void itemsOfDynamicLengthHaveTheirLengthBeforeThem() {
        out.listOfDynamic(List.of(BFieldElements.of(7, 8), BFieldElements.empty()), FieldWriter::list);

        assertWritten(2, 3, 2, 7, 8, 1, 0);
    }

    @Test
    void aStructWithOneListHasTwoPrefixes() {
        out.prefixed(field -> field.list(BFieldElements.of(7, 8, 9)));

        assertWritten(4, 3, 7, 8, 9);
    }

    @Test
    void prefixesCountWhatIsInsideThem() {
        out.prefixed(outer -> outer.element(9).prefixed(inner -> inner.digest(DIGEST)));

        assertWritten(7, 9, 5, 1, 2, 3, 4, 5);
    }

    @Test
    void theHashIsThatOfWhatWasWritten() {
        out.bare(BFieldElements.of(1, 2)).bare(U32Sequence.of(3));

        assertThat(out.hash()).isEqualTo(Tip5.hashVarlen(BFieldElements.of(1, 2, 3)));
        assertThat(out.size()).isEqualTo(3);
    }

    @Test
    void anElementMustBeCanonical() {
        assertThatIllegalArgumentException().isThrownBy(() -> out.element(BFieldElement.P));
    }

    private void assertWritten(long... elements) {
        assertThat(out.toElements()).isEqualTo(BFieldElements.of(elements));
    }
}
