package proteus.adapters.libp2p.engine.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import proteus.adapters.libp2p.engine.upgrade.Role;

/**
 * 16 MiB from one side to the other without a socket or cipher in between: through a stream of two sessions, and beside
 * it the same buffers through two channels without yamux.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class YamuxBenchmark {

    private static final int BYTES = 16 << 20;

    /** Of each buffer that the application writes. */
    @Param({"65536", "1024"})
    public int size;

    private final Counter counter = new Counter();
    private ByteBuf buffer;
    private EmbeddedChannel dialler;
    private EmbeddedChannel listener;
    private EmbeddedChannel plainDialler;
    private EmbeddedChannel plainListener;
    private Channel stream;

    @ChannelHandler.Sharable
    private static final class Counter extends ChannelInboundHandlerAdapter {

        long bytes;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf piece = (ByteBuf) message;
            bytes += piece.readableBytes();
            piece.release();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // The end of the benchmark resets the stream.
        }
    }

    @Setup
    public void connect() {
        buffer = PooledByteBufAllocator.DEFAULT.directBuffer(size).writeZero(size);
        YamuxHandler muxer = new YamuxHandler(Role.DIALLER, YamuxSettings.defaults(), counter);
        dialler = new EmbeddedChannel(muxer);
        listener = new EmbeddedChannel(new YamuxHandler(Role.LISTENER, YamuxSettings.defaults(), counter));
        plainDialler = new EmbeddedChannel();
        plainListener = new EmbeddedChannel(counter);
        stream = muxer.openStream(new Counter()).getNow();
    }

    @TearDown
    public void close() {
        dialler.finishAndReleaseAll();
        listener.finishAndReleaseAll();
        plainDialler.finishAndReleaseAll();
        plainListener.finishAndReleaseAll();
        buffer.release();
    }

    @Benchmark
    public long throughYamux() {
        counter.bytes = 0;
        long written = 0;
        while (counter.bytes < BYTES) {
            while (written < BYTES && stream.isWritable()) {
                stream.write(buffer.retainedDuplicate());
                written += size;
            }
            stream.flush();
            dialler.runPendingTasks();
            move(dialler, listener);
            move(listener, dialler);
        }
        return counter.bytes;
    }

    @Benchmark
    public long withoutYamux() {
        counter.bytes = 0;
        while (counter.bytes < BYTES) {
            for (int i = 0; i < Math.max(1, 65_536 / size); i++) {
                plainDialler.write(buffer.retainedDuplicate());
            }
            plainDialler.flush();
            move(plainDialler, plainListener);
        }
        return counter.bytes;
    }

    private static void move(EmbeddedChannel from, EmbeddedChannel to) {
        ByteBuf part = from.readOutbound();
        if (part == null) {
            return;
        }
        while (part != null) {
            to.writeOneInbound(part);
            part = from.readOutbound();
        }
        to.flushInbound();
    }
}
