package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeFlagsTest {

    @Test
    void nothingSaidMeansTheDefault() {
        assertThat(HandshakeFlags.parse("")).isEqualTo(HandshakeFlags.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "0, false",
        "1, true",
        "' ', true",
        "x, true",
        "٠, true",
        "\uD83D\uDC0B, true",
        "0K, false",
        "00000000000, false",
        "10, true"
    })
    void onlyAZeroDeclinesTransactions(String extraData, boolean wants) {
        assertThat(HandshakeFlags.parse(extraData).wantsTransactions()).isEqualTo(wants);
    }

    @ParameterizedTest
    @CsvSource({
        "11, 0",
        "1K, 26",
        "1L, 27",
        "1M, 28",
        "1p, 63",
        "1K1, 26",
        "1\u00FF, 206",
        "\uD83D\uDC0BK, 26",
        "\u00E9K, 26"
    })
    void theSecondCharacterStatesTheWorkForTheMutatorSet(String extraData, int work) {
        assertThat(HandshakeFlags.parse(extraData).archivalMutatorSetWork()).hasValue(work);
    }

    @ParameterizedTest
    @CsvSource({"1", "10", "1/", "'1 '", "1\u0100", "1\uD83D\uDC0B", "\uD83D\uDC0B"})
    void anyOtherSecondCharacterServesNoMutatorSet(String extraData) {
        assertThat(HandshakeFlags.parse(extraData).archivalMutatorSetWork()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"11, true", "1L, true", "1M, false", "10, false"})
    void aMutatorSetForMoreThan27BitsOfWorkIsNotAskedFor(String extraData, boolean offers) {
        assertThat(HandshakeFlags.parse(extraData).offersArchivalMutatorSet()).isEqualTo(offers);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (int work = 0; work <= HandshakeFlags.MAX_WORK; work++) {
            HandshakeFlags serving = new HandshakeFlags(work % 2 == 0, OptionalInt.of(work));
            assertThat(HandshakeFlags.parse(serving.toExtraData())).isEqualTo(serving);
        }
        HandshakeFlags declining = new HandshakeFlags(false, OptionalInt.empty());
        assertThat(HandshakeFlags.parse(declining.toExtraData())).isEqualTo(declining);
    }

    @Test
    void theReferenceCharactersAreWritten() {
        assertThat(new HandshakeFlags(true, OptionalInt.of(26)).toExtraData()).isEqualTo("1K");
        assertThat(new HandshakeFlags(true, OptionalInt.of(0)).toExtraData()).isEqualTo("11");
        assertThat(new HandshakeFlags(false, OptionalInt.empty()).toExtraData()).isEqualTo("00");
        assertThat(new HandshakeFlags(false, OptionalInt.empty()).toExtraData().length())
                .isLessThanOrEqualTo(HandshakeFlags.FIRST_FREE_POSITION);
    }

    @Test
    void workThatNoCharacterExpressesIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HandshakeFlags(true, OptionalInt.of(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new HandshakeFlags(true, OptionalInt.of(207)));
    }
}
