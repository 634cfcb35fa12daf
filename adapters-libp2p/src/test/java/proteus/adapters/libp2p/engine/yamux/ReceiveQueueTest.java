package proteus.adapters.libp2p.engine.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReceiveQueueTest {

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final ReceiveQueue queue = new ReceiveQueue(allocator);

    private long memory() {
        return allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory();
    }

    @Test
    void whatFillsItsBufferIsKeptAsItIs() {
        ByteBuf whole = allocator.buffer(1_000).writeZero(1_000);

        queue.add(whole.readRetainedSlice(500));
        whole.release();

        ByteBuf piece = queue.remove();
        assertThat(memory()).isEqualTo(1_000);
        piece.release();
        assertThat(memory()).isZero();
    }

    @Test
    void smallPiecesOfLargeBuffersHoldLittle() {
        for (int i = 0; i < 10_000; i++) {
            ByteBuf whole = allocator.buffer(65_536).writeZero(65_536);
            queue.add(whole.readRetainedSlice(10));
            whole.release();
        }

        assertThat(memory()).isBetween(100_000L, 110_000L);
        assertThat(queue.clear()).isEqualTo(100_000);
        assertThat(memory()).isZero();
    }

    @Test
    void theOrderIsKept() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuf expected = allocator.buffer();
        ByteBuf actual = allocator.buffer();
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(1, 6_000)];
            random.nextBytes(bytes);
            expected.writeBytes(bytes);
            ByteBuf whole =
                    allocator.buffer(random.nextInt(bytes.length, 20_000)).writeBytes(bytes);
            queue.add(whole.readRetainedSlice(bytes.length));
            whole.release();
            while (random.nextInt(4) == 0 && !queue.isEmpty()) {
                take(actual);
            }
        }
        while (!queue.isEmpty()) {
            take(actual);
        }

        assertThat(actual).as("seed %d", seed).isEqualTo(expected);
        actual.release();
        expected.release();
        assertThat(memory()).isZero();
    }

    private void take(ByteBuf into) {
        ByteBuf piece = queue.remove();
        into.writeBytes(piece);
        piece.release();
    }
}
