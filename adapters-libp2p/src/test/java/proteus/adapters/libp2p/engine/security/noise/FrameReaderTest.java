package proteus.adapters.libp2p.engine.security.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;

final class FrameReaderTest {

    private final long seed = new Random().nextLong();
    private final RandomGenerator random = new Random(seed);
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final byte[] message = new byte[NoiseSettings.MAX_MESSAGE_BYTES];
    private final FrameReader reader = new FrameReader();

    @AfterEach
    void everythingIsReleased() {
        reader.release();
        assertThat(held()).isZero();
    }

    private long held() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    private int next(byte... bytes) throws SecurityFailedException {
        return reader.next(allocator, Unpooled.wrappedBuffer(bytes), message, 0, NoiseSettings.MAX_MESSAGE_BYTES);
    }

    @Test
    void framesAreTheSameHoweverTheyAreCut() throws SecurityFailedException {
        List<byte[]> frames = new ArrayList<>();
        ByteBuf stream = Unpooled.buffer();
        for (int i = 0; i < 100; i++) {
            byte[] frame = new byte[random.nextInt(10) == 0 ? random.nextInt(65_536) : random.nextInt(50)];
            random.nextBytes(frame);
            frames.add(frame);
            stream.writeShort(frame.length).writeBytes(frame);
        }

        List<byte[]> read = new ArrayList<>();
        while (stream.isReadable()) {
            int most = random.nextBoolean() ? 5 : 100_000;
            ByteBuf piece = stream.readSlice(Math.min(stream.readableBytes(), random.nextInt(1, most)));
            int length = reader.next(allocator, piece, message, 0, NoiseSettings.MAX_MESSAGE_BYTES);
            while (length != FrameReader.NONE) {
                read.add(Arrays.copyOf(message, length));
                length = reader.next(allocator, piece, message, 0, NoiseSettings.MAX_MESSAGE_BYTES);
            }
            assertThat(piece.isReadable()).as("seed %d", seed).isFalse();
        }

        assertThat(Arrays.deepEquals(read.toArray(), frames.toArray()))
                .as("seed %d", seed)
                .isTrue();
        assertThat(held()).isZero();
    }

    @Test
    void anAnnouncementTakesNoMemory() throws SecurityFailedException {
        assertThat(next((byte) 0xFF, (byte) 0xFF)).isEqualTo(FrameReader.NONE);
        assertThat(held()).isZero();

        assertThat(next((byte) 1)).isEqualTo(FrameReader.NONE);
        assertThat(held()).isEqualTo(256);
    }

    @Test
    void aLengthOutOfItsBoundsIsAFault() {
        assertThatExceptionOfType(SecurityFailedException.class)
                .isThrownBy(() -> reader.next(allocator, Unpooled.wrappedBuffer(new byte[] {0, 5}), message, 6, 10));
        assertThatExceptionOfType(SecurityFailedException.class)
                .isThrownBy(() -> reader.next(allocator, Unpooled.wrappedBuffer(new byte[] {0, 11}), message, 6, 10));
    }
}
