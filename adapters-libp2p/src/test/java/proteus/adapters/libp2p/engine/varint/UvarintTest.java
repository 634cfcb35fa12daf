package proteus.adapters.libp2p.engine.varint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UvarintTest {

    private static final long SEED = 20_261_126;
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "127, 7f",
        "128, 8001",
        "255, ff01",
        "300, ac02",
        "16383, ff7f",
        "16384, 808001",
        "4294967295, ffffffff0f",
        "9223372036854775807, ffffffffffffffff7f"
    })
    void aValueHasItsOneForm(long value, String hex) throws Exception {
        byte[] bytes = HEX.parseHex(hex);
        ByteBuf written = Unpooled.buffer();

        Uvarint.write(written, value);

        assertThat(Uvarint.encode(value)).isEqualTo(bytes);
        assertThat(Uvarint.size(value)).isEqualTo(bytes.length);
        assertThat(written).isEqualTo(Unpooled.wrappedBuffer(bytes));
        assertThat(Uvarint.read(ByteBuffer.wrap(bytes))).isEqualTo(value);
        assertThat(Uvarint.read(written)).hasValue(value);
        assertThat(written.isReadable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"8000", "ff00", "808000", "ffffffffffffffffff01", "80808080808080808001", "808080808080808080"})
    void anotherFormIsRefused(String hex) {
        byte[] bytes = HEX.parseHex(hex);

        assertThatThrownBy(() -> Uvarint.read(ByteBuffer.wrap(bytes))).isInstanceOf(MalformedVarintException.class);
        assertThatThrownBy(() -> Uvarint.read(Unpooled.wrappedBuffer(bytes)))
                .isInstanceOf(MalformedVarintException.class);
    }

    @Test
    void aBeginningIsWaitedForInAStreamAndMalformedInWholeBytes() throws Exception {
        byte[] whole = Uvarint.encode(Long.MAX_VALUE);

        for (int length = 0; length < whole.length; length++) {
            byte[] beginning = Arrays.copyOf(whole, length);
            ByteBuf stream = Unpooled.wrappedBuffer(beginning);

            assertThat(Uvarint.read(stream)).isEmpty();
            assertThat(stream.readableBytes()).isEqualTo(length);
            assertThatThrownBy(() -> Uvarint.read(ByteBuffer.wrap(beginning)))
                    .isInstanceOf(MalformedVarintException.class);
        }
    }

    @Test
    void whatFollowsIsNotRead() throws Exception {
        ByteBuf stream = Unpooled.wrappedBuffer(HEX.parseHex("00ac02ff"));
        stream.skipBytes(1);
        ByteBuffer bytes = ByteBuffer.wrap(HEX.parseHex("ac02ff"));

        assertThat(Uvarint.read(stream)).hasValue(300);
        assertThat(Uvarint.read(bytes)).isEqualTo(300);

        assertThat(stream.readerIndex()).isEqualTo(3);
        assertThat(bytes.position()).isEqualTo(2);
    }

    @Test
    void everyValueComesBack() throws Exception {
        Random random = new Random(SEED);

        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong() >>> (1 + random.nextInt(63));
            byte[] bytes = Uvarint.encode(value);

            assertThat(bytes).as("seed %d, value %d", SEED, value).hasSize(Uvarint.size(value));
            assertThat(Uvarint.read(ByteBuffer.wrap(bytes))).as("seed %d", SEED).isEqualTo(value);
        }
    }

    @Test
    void aNegativeValueIsACallersFault() {
        assertThatThrownBy(() -> Uvarint.encode(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Uvarint.size(Long.MIN_VALUE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Uvarint.write(Unpooled.buffer(), -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
