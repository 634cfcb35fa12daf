package proteus.adapters.legacytcp;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.application.contract.FrameBytes.frame;
import static proteus.application.contract.FrameBytes.hex;
import static proteus.application.contract.FrameBytes.joined;
import static proteus.application.contract.FrameBytes.padded;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import proteus.application.contract.Descriptions;
import proteus.application.frame.FrameChannel;
import proteus.application.frame.FrameEncoding;
import proteus.application.frame.OutboundFrames;
import proteus.application.frame.OutboundFrames.Offer;
import proteus.application.memory.InboundBudget;

/** Frames on their way into a socket, which may get stuck. How they are queued has tests of its own. */
final class ChannelLinkTest {

    private static final int LIMIT = 1 << 20;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final StuckSocket socket = new StuckSocket();
    private final FrameChannel frames = new FrameChannel(
            new ChannelLink(channel, Descriptions.loopback(9798)),
            FrameEncoding.BINCODE,
            new InboundBudget(LIMIT),
            LIMIT);
    private final OutboundFrames queue = frames.outbound();

    ChannelLinkTest() {
        channel.pipeline().addLast(socket, new FrameHandler(frames));
    }

    @AfterEach
    void finish() {
        socket.release();
        channel.finishAndReleaseAll();
    }

    private byte[] written() {
        channel.runPendingTasks();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuf buffer = channel.readOutbound(); buffer != null; buffer = channel.readOutbound()) {
            byte[] bytes = new byte[buffer.readableBytes()];
            buffer.readBytes(bytes).release();
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    @Test
    void framesGoOutInOrderWithTheirLengths() {
        byte[] big = padded(200_000, (byte) 31);
        big[199_999] = 9;
        queue.offer(hex("13"));
        queue.offer(big);
        queue.offer(hex("0401"));

        assertThat(written()).isEqualTo(joined(frame(hex("13")), frame(big), frame(hex("0401"))));
    }

    @Test
    void smallFramesShareOneWrite() {
        for (int i = 0; i < 100; i++) {
            queue.offer(hex("0401"));
        }
        channel.runPendingTasks();

        assertThat(channel.outboundMessages()).hasSize(1);
        assertThat(((ByteBuf) channel.outboundMessages().element()).isDirect()).isTrue();
    }

    @Test
    void whatIsWrittenMakesRoom() {
        assertThat(queue.offer(new byte[LIMIT])).isEqualTo(Offer.QUEUED);
        written();

        assertThat(queue.offer(new byte[LIMIT])).isEqualTo(Offer.QUEUED);
    }

    @Test
    void whileTheSocketIsStuckOnlyAFewSlicesLeaveTheHeap() {
        socket.stuck = true;
        queue.offer(new byte[20 * LIMIT]);
        channel.runPendingTasks();

        assertThat(socket.heldBytes()).isLessThanOrEqualTo(3 * 131_072);
    }

    @Test
    void emptyMeansThatTheSocketTookItAll() {
        socket.stuck = true;
        queue.offer(hex("13"));
        CompletableFuture<Void> empty = queue.whenEmpty();
        channel.runPendingTasks();
        assertThat(empty).isNotDone();

        socket.release();

        assertThat(empty).isCompleted();
        assertThat(queue.whenEmpty()).isCompleted();
    }

    @Test
    void anEndBeforeThatIsAFailure() {
        socket.stuck = true;
        queue.offer(hex("13"));
        CompletableFuture<Void> empty = queue.whenEmpty();

        var _ = channel.close();

        assertThat(empty).isCompletedExceptionally();
        assertThat(queue.offer(hex("13"))).isEqualTo(Offer.CLOSED);
    }

    @Test
    void whoRefusesMoreStillSendsWhatIsQueued() {
        queue.offer(hex("13"));
        queue.refuseMore();

        assertThat(queue.offer(hex("0401"))).isEqualTo(Offer.CLOSED);
        assertThat(written()).isEqualTo(frame(hex("13")));
    }

    @Test
    void whatWaitsGoesOnWhenTheSocketIsWritableAgain() {
        socket.stuck = true;
        byte[] big = padded(4 * LIMIT, (byte) 31);
        queue.offer(big);
        channel.runPendingTasks();
        int held = socket.heldBytes();

        socket.release();
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);

        assertThat(held + written().length).isEqualTo(4 + 4 * LIMIT);
        assertThat(queue.whenEmpty()).isCompleted();
    }

    @Test
    void aWriteThatFailsBreaksTheConnection() {
        socket.stuck = true;
        queue.offer(hex("13"));
        channel.runPendingTasks();

        socket.fail(new IOException("broken pipe"));

        assertThat(channel.isOpen()).isFalse();
        assertThat(queue.whenEmpty()).isCompletedExceptionally();
    }

    /** Keeps what is written until it is told to let go, as a socket does whose peer does not read. */
    private static final class StuckSocket extends ChannelOutboundHandlerAdapter {

        private record Held(ByteBuf bytes, ChannelPromise promise) {}

        private final Deque<Held> held = new ArrayDeque<>();
        private boolean stuck;

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            if (!stuck) {
                var _ = ctx.write(message, promise);
                return;
            }
            ByteBuf bytes = (ByteBuf) message;
            held.add(new Held(bytes, promise));
            ctx.channel().unsafe().outboundBuffer().setUserDefinedWritability(1, heldBytes() < 100_000);
        }

        private int heldBytes() {
            return held.stream().mapToInt(one -> one.bytes().readableBytes()).sum();
        }

        private void fail(IOException failure) {
            Held first = held.remove();
            first.bytes().release();
            first.promise().setFailure(failure);
        }

        private void release() {
            stuck = false;
            while (!held.isEmpty()) {
                Held first = held.remove();
                first.bytes().release();
                first.promise().trySuccess();
            }
        }
    }
}
