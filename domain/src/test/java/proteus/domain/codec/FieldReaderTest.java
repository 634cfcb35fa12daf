package proteus.domain.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import proteus.domain.codec.FieldDecodingException.Reason;
import proteus.domain.codec.FieldReader.Decoding;
import proteus.domain.field.BFieldElement;
import proteus.domain.field.BFieldElements;
import proteus.domain.field.U32Sequence;

class FieldReaderTest {

    private static final long U32_MAX = 0xFFFF_FFFFL;

    @Test
    void valuesReadAsTheyAreWritten() throws FieldDecodingException {
        FieldReader in = reader(BFieldElement.P - 1, 255, 5, 6, 1, 1, 2, 3, 4, 5, 2, 7, 8, 1, U32_MAX, 2, 0, 1, 9);

        assertThat(in.element()).isEqualTo(BFieldElement.P - 1);
        assertThat(in.unsigned(8)).isEqualTo(255);
        assertThat(in.u64()).isEqualTo((6L << 32) + 5);
        assertThat(in.bool()).isTrue();
        assertThat(in.digest().at(4)).isEqualTo(5);
        assertThat(in.list()).isEqualTo(BFieldElements.of(7, 8));
        assertThat(in.listOfU32()).isEqualTo(U32Sequence.of(-1));
        assertThat(in.variant(3)).isEqualTo(2);
        assertThat(in.option(FieldReader::element)).isEmpty();
        assertThat(in.option(FieldReader::element)).isEqualTo(Optional.of(9L));
        in.end();
    }

    @Test
    void whatIsMissingIsNamedByItsPlace() {
        assertRefused(FieldReader::element, 0, Reason.ENDS_EARLY);
        assertRefused(FieldReader::u64, 1, Reason.ENDS_EARLY, 1);
        assertRefused(FieldReader::digest, 0, Reason.ENDS_EARLY, 1, 2, 3, 4);
        assertRefused(in -> in.option(FieldReader::u64), 2, Reason.ENDS_EARLY, 1, 2);
    }

    @Test
    void whatIsLeftOverIsNamedByItsPlace() {
        assertRefused(FieldReader::element, 1, Reason.TRAILING_ELEMENTS, 1, 2);
        assertRefused(in -> in.prefixed(FieldReader::element), 2, Reason.TRAILING_ELEMENTS, 2, 1, 1);
    }

    @Test
    void integersAndLimbsMustFit() {
        assertRefused(in -> in.unsigned(8), 0, Reason.TOO_LARGE, 256);
        assertRefused(in -> in.unsigned(32), 0, Reason.TOO_LARGE, U32_MAX + 1);
        assertRefused(FieldReader::u64, 0, Reason.TOO_LARGE, BFieldElement.P - 1, 0);
        assertRefused(FieldReader::u64, 1, Reason.TOO_LARGE, 0, U32_MAX + 1);
        assertRefused(FieldReader::listOfU32, 1, Reason.TOO_LARGE, 1, U32_MAX + 1);
    }

    @Test
    void truthValuesAndTagsAreZeroOrOne() {
        assertRefused(FieldReader::bool, 0, Reason.NOT_A_BOOLEAN, 2);
        assertRefused(in -> in.option(FieldReader::element), 0, Reason.NOT_AN_OPTION, 2, 1);
        assertRefused(in -> in.variant(3), 0, Reason.UNKNOWN_VARIANT, 3);
        assertRefused(in -> in.variant(3), 0, Reason.UNKNOWN_VARIANT, BFieldElement.P - 1);
    }

    @Test
    void noListOrPrefixReachesBeyondTheEnd() {
        assertRefused(FieldReader::list, 0, Reason.ENDS_EARLY, 3, 1, 2);
        assertRefused(FieldReader::list, 0, Reason.ENDS_EARLY, BFieldElement.P - 1, 1);
        assertRefused(
                in -> in.listOfStatic(5, FieldReader::digest), 0, Reason.ENDS_EARLY, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertRefused(in -> in.listOfDynamic(FieldReader::list), 0, Reason.ENDS_EARLY, 1L << 31, 1);
        assertRefused(in -> in.prefixed(FieldReader::list), 0, Reason.ENDS_EARLY, 2, 0);
        assertRefused(in -> in.prefixed(FieldReader::list), 1, Reason.ENDS_EARLY, 2, 2, 7, 7);
    }

    @Test
    void anErrorSaysWhereAndWhat() {
        assertThatExceptionOfType(FieldDecodingException.class)
                .isThrownBy(() -> reader(2).bool())
                .withMessage("element 0: neither true nor false");
    }

    private static void assertRefused(Decoding<?> decoding, int position, Reason reason, long... elements) {
        FieldReader in = reader(elements);
        assertThatExceptionOfType(FieldDecodingException.class)
                .isThrownBy(() -> {
                    decoding.read(in);
                    in.end();
                })
                .satisfies(e -> {
                    assertThat(e.reason()).isEqualTo(reason);
                    assertThat(e.position()).isEqualTo(position);
                });
    }

    private static FieldReader reader(long... elements) {
        return new FieldReader(BFieldElements.of(elements));
    }
}
