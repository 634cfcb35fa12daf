package proteus.domain.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;

class UtxoTest {

    private static final Utxo UTXO = new Utxo(
            new Digest(1, 2, 3, 4, 5),
            List.of(Coin.nativeCurrency(NativeCurrencyAmount.ofCoins(7)), Coin.timeLock(new Timestamp(9))));

    private static final TransparentInput INPUT =
            new TransparentInput(UTXO, -2, new Digest(6, 7, 8, 9, 10), new Digest(11, 12, 13, 14, 15));

    @Test
    void anInputIsReadFromTheAnnouncementThatShowsIt() {
        Announcement announcement = INPUT.toAnnouncement();

        assertThat(TransparentInput.of(announcement)).contains(INPUT);
        assertThat(announcement.message().at(0)).isEqualTo(0xb_e128_a004L);
        assertThat(announcement.message().at(1)).isEqualTo(11);
        assertThat(announcement.message().at(6)).isEqualTo(6);
        assertThat(announcement.message().at(11)).isEqualTo(0xFFFF_FFFEL);
        assertThat(announcement.message().at(13))
                .isEqualTo(announcement.message().size() - 14);
    }

    @Test
    void anythingElseIsNoInput() {
        long[] elements = INPUT.toAnnouncement().message().toArray();
        long[] flagged = elements.clone();
        flagged[0]++;
        long[] wide = elements.clone();
        wide[11] = 0x1_0000_0000L;

        assertThat(read(Arrays.copyOf(elements, elements.length - 1))).isEmpty();
        assertThat(read(Arrays.copyOf(elements, elements.length + 1))).isEmpty();
        assertThat(read(flagged)).isEmpty();
        assertThat(read(wide)).isEmpty();
        assertThat(read(new long[0])).isEmpty();
        assertThat(read(new long[] {TransparentInput.FLAG})).isEmpty();
    }

    private static Optional<TransparentInput> read(long[] elements) {
        return TransparentInput.of(new Announcement(BFieldElements.owning(elements)));
    }

    @Test
    void theFirstOutputOfThePremineHasTheReferencesHash() {
        // Protocol page "consensus", section 13 and appendix B.
        Utxo first = new Utxo(
                Digest.fromHex("dc05e2c833816cd3659a2fed890f58eafd8170f9e8dad96a43e705985f35267f59b2cf5fc66449c8"),
                List.of(
                        Coin.nativeCurrency(NativeCurrencyAmount.ofCoins(20)),
                        Coin.timeLock(new Timestamp(1_754_913_600_000L))));

        assertThat(first.hash())
                .hasToString("9d508d0372ddbdf0fe18817e7e390d9021c36fa04ac69d3999fb9ed4be1379371e8afd9f291c789d");
    }

    @Test
    void onlyAWellFormedAmountIsWorthSomething() {
        assertThat(Coin.nativeCurrency(NativeCurrencyAmount.ofCoins(-3)).nativeAmount())
                .contains(NativeCurrencyAmount.ofCoins(-3));
        assertThat(Coin.timeLock(new Timestamp(3)).nativeAmount()).isEmpty();
        assertThat(new Coin(Coin.NATIVE_CURRENCY, BFieldElements.of(1, 2, 3)).nativeAmount())
                .isEmpty();
        assertThat(new Coin(Coin.NATIVE_CURRENCY, BFieldElements.of(1, 2, 3, 4, 5)).nativeAmount())
                .isEmpty();
        assertThat(new Coin(Coin.NATIVE_CURRENCY, BFieldElements.of(1, 2, 3, 0x1_0000_0000L)).nativeAmount())
                .isEmpty();
    }
}
