package proteus.adapters.libp2p.engine.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import proteus.adapters.libp2p.engine.upgrade.Role;

/** A long way at unlimited speed, on a clock of its own. */
class YamuxThroughputTest {

    private static final long BYTES = 256L << 20;
    private static final long ONE_WAY_MILLIS = 30;

    @Test
    void growingWindowsAreMoreThan25TimesAsFastAsFixedOnes() {
        // Time is proportional to bytes when nothing grows.
        YamuxSettings small = YamuxSettings.defaults().with(new YamuxSettings.FlowControl(262_144, 0, 65_507));
        long fixed = 16 * millisToSend(small, BYTES / 16);
        long growing = millisToSend(YamuxSettings.defaults(), BYTES);

        assertThat(fixed).isBetween(60_000L, 65_000L);
        assertThat(growing).isLessThan(fixed / 25);
    }

    private static long millisToSend(YamuxSettings settings, long bytes) {
        Writer writer = new Writer(bytes);
        Reader reader = new Reader();
        YamuxHandler dialler = new YamuxHandler(Role.DIALLER, settings, new Reader());
        Wire wire = new Wire(dialler, new YamuxHandler(Role.LISTENER, settings, reader));
        wire.transfer();
        wire.pass();
        wire.transfer();
        dialler.openStream(writer);
        long millis = 0;
        while (reader.received < bytes) {
            wire.transfer();
            wire.pass();
            millis += ONE_WAY_MILLIS;
        }
        wire.close();
        writer.chunk.release();
        return millis;
    }

    /** What is written on one side arrives on the other one step of time later. */
    private static final class Wire {

        private final List<EmbeddedChannel> ends;
        private final List<ArrayDeque<ByteBuf>> onTheWay = List.of(new ArrayDeque<>(), new ArrayDeque<>());

        Wire(YamuxHandler dialler, YamuxHandler listener) {
            List<EmbeddedChannel> channels = new ArrayList<>();
            for (YamuxHandler handler : List.of(dialler, listener)) {
                EmbeddedChannel channel = new EmbeddedChannel();
                channel.freezeTime();
                channel.pipeline().addLast(handler);
                channels.add(channel);
            }
            ends = channels;
        }

        void transfer() {
            for (int i = 0; i < 2; i++) {
                ArrayDeque<ByteBuf> arriving = onTheWay.get(1 - i);
                while (!arriving.isEmpty()) {
                    ends.get(i).writeOneInbound(arriving.remove());
                }
                ends.get(i).flushInbound();
            }
            for (int i = 0; i < 2; i++) {
                ends.get(i).runPendingTasks();
                for (ByteBuf out = ends.get(i).readOutbound();
                        out != null;
                        out = ends.get(i).readOutbound()) {
                    onTheWay.get(i).add(out);
                }
            }
        }

        void pass() {
            for (EmbeddedChannel end : ends) {
                end.advanceTimeBy(ONE_WAY_MILLIS, TimeUnit.MILLISECONDS);
                end.runScheduledPendingTasks();
            }
        }

        void close() {
            onTheWay.forEach(queue -> queue.forEach(ByteBuf::release));
            ends.forEach(EmbeddedChannel::finishAndReleaseAll);
        }
    }

    private static final class Writer extends ChannelInboundHandlerAdapter {

        final ByteBuf chunk = Unpooled.directBuffer(1 << 16).writeZero(1 << 16);
        private final long bytes;
        private long sent;

        Writer(long bytes) {
            this.bytes = bytes;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.fireChannelActive();
            write(ctx);
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            write(ctx);
        }

        private void write(ChannelHandlerContext ctx) {
            while (ctx.channel().isWritable() && sent < bytes) {
                sent += chunk.readableBytes();
                ctx.writeAndFlush(chunk.retainedDuplicate());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // The end of the test resets the stream.
        }
    }

    private static final class Reader extends ChannelInboundHandlerAdapter {

        private long received;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf piece = (ByteBuf) message;
            received += piece.readableBytes();
            piece.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // The end of the test resets the stream.
        }
    }
}
