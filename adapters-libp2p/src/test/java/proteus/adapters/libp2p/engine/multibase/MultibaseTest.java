package proteus.adapters.libp2p.engine.multibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultibaseTest {

    private static final long SEED = 20_261_126;

    /** Vectors of multiformats and of RFC 4648. */
    @ParameterizedTest
    @CsvSource({
        "BASE58, yes mani !, z7paNL19xttacUY",
        "BASE32, yes mani !, bpfsxgidnmfxgsibb",
        "BASE64_URL, yes mani !, ueWVzIG1hbmkgIQ",
        "BASE32, f, bmy",
        "BASE32, fo, bmzxq",
        "BASE32, foo, bmzxw6",
        "BASE32, foob, bmzxw6yq",
        "BASE32, fooba, bmzxw6ytb",
        "BASE32, foobar, bmzxw6ytboi",
        "BASE58, Hello World!, z2NEpo7TZRRrLZSi2U"
    })
    void theVectorsAreReadAndWritten(Multibase base, String plain, String text) throws Exception {
        byte[] bytes = plain.getBytes(StandardCharsets.US_ASCII);

        assertThat(base.encode(bytes)).isEqualTo(text);
        assertThat(Multibase.decode(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "00, 1", "0000, 11", "000001, 112", "0000287fb4cd, 11233QC4", "ff, 5Q", "00ff, 15Q"})
    void leadingZerosAreOnesInBase58(String hex, String text) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThat(Base58.encode(bytes)).isEqualTo(text);
        assertThat(Base58.decode(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource(Multibase.class)
    void anyBytesComeBack(Multibase base) throws Exception {
        Random random = new Random(SEED);

        for (int length = 0; length < 170; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            for (int zeros = 0; zeros < Math.min(length, random.nextInt(4)); zeros++) {
                bytes[zeros] = 0;
            }
            String text = base.encode(bytes);

            if (text.length() <= Multibase.MAX_LENGTH) {
                assertThat(Multibase.decode(text)).as("seed %d, %s", SEED, text).isEqualTo(bytes);
            }
        }
    }

    /** Each text that is read is the one that is written: no second text for the same bytes. */
    @ParameterizedTest
    @EnumSource(Multibase.class)
    void aDamagedTextIsRefusedOrIsTheTextOfOtherBytes(Multibase base) {
        Random random = new Random(SEED);
        int read = 0;

        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            StringBuilder text = new StringBuilder(base.encode(bytes));
            int at = 1 + random.nextInt(text.length());
            text.insert(at, (char) (random.nextInt(10) == 0 ? random.nextInt(0x500) : '1' + random.nextInt(74)));
            try {
                byte[] others = Multibase.decode(text.toString());
                assertThat(base.encode(others)).as("seed %d", SEED).isEqualTo(text.toString());
                read++;
            } catch (MalformedTextException malformed) {
                assertThat(malformed).hasMessageNotContaining("null");
            }
        }

        assertThat(read).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "Z2",
                "z0",
                "zO",
                "zl",
                "zI",
                "z ",
                "b1",
                "bMY",
                "bmy======",
                "bmz",
                "ba",
                "baaa",
                "uA",
                "uA===",
                "uAB",
                "u+/",
                "u A",
                "m",
                "fe",
                "z\u0661"
            })
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> Multibase.decode(text)).isInstanceOf(MalformedTextException.class);
    }

    @ParameterizedTest
    @EnumSource(Multibase.class)
    void theLengthIsBoundedInBothDirections(Multibase base) throws Exception {
        String prefix = base.encode(new byte[0]);

        assertThat(base.encode(new byte[256])).isNotEmpty();
        assertThatThrownBy(() -> base.encode(new byte[257]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("257 bytes, of at most 256");
        assertThatThrownBy(() -> Multibase.decode(prefix + "2".repeat(10_000_000)))
                .isInstanceOf(MalformedTextException.class)
                .hasMessage("10000001 characters, of 1 to 256");
    }

    @Test
    void base58AloneIsBoundedToo() throws Exception {
        assertThat(Base58.decode("1".repeat(256))).hasSize(256);
        assertThatThrownBy(() -> Base58.decode("1".repeat(257))).isInstanceOf(MalformedTextException.class);
        assertThatThrownBy(() -> Base58.encode(new byte[257])).isInstanceOf(IllegalArgumentException.class);
    }
}
