package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.domain.block.BlockHeight;

final class SuccessionTest {

    private static final PeerId ID =
            PeerId.parse("12D3KooWDAHnwJP59HmcXE8kQe4R1hsJxXm24QYw9Bj4nwsyhAnL").orElseThrow();
    private static final String CONTACT =
            new Libp2pContact(ID, Optional.of(9801), Optional.of(9800)).toExtraData(HandshakeFlags.DEFAULT);

    @Test
    void whatIsAddedIsFoundAgainWithWhateverWords() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            Succession succession = Succession.of(random.nextLong());
            for (String before : new String[] {"", "0", "1K", CONTACT}) {
                String text = succession.addedTo(before);
                assertThat(Succession.parse(text)).as(text).contains(succession);
                assertThat(HandshakeFlags.parse(text)).isEqualTo(HandshakeFlags.parse(text.substring(0, 2)));
                assertThat(text.length()).isLessThanOrEqualTo(HandshakeData.MAX_EXTRA_DATA_BYTES);
            }
        }
    }

    @Test
    void theContactBeforeItIsReadAsBefore() {
        assertThat(Libp2pContact.parse(Succession.of(5).addedTo(CONTACT))).isEqualTo(Libp2pContact.parse(CONTACT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "~S1,4000000000000000;",
                "00------~S1;",
                "00------~S1,4000000000000000",
                "00------~S1,3fffffffffffffff;",
                "00------~S1,8000000000000000;",
                "00------~S1,400000000000000G;",
                "00------~S1,4000000000000000 ;",
                "00------x~S1,4000000000000000;",
                "00-----~S1,4000000000000000;"
            })
    void whatIsNotWellFormedIsNone(String extraData) {
        assertThat(Succession.parse(extraData)).isEmpty();
    }

    @Test
    void aWordIsNoHeightOfAChain() {
        assertThatThrownBy(() -> new Succession(new BlockHeight((1L << 62) - 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Succession.of(-1).word().value()).isEqualTo(Long.MAX_VALUE);
        assertThat(Succession.of(0).word().value()).isEqualTo(1L << 62);
    }
}
