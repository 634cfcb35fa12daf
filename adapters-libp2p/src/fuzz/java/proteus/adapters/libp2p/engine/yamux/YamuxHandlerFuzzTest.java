package proteus.adapters.libp2p.engine.yamux;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import proteus.adapters.libp2p.engine.upgrade.Role;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/** Looks for bytes that make a session do anything but carry streams, or end itself as it may. */
class YamuxHandlerFuzzTest {

    private static final int MOST_STREAMS = 8;
    private static final long MEMORY = 1 << 20;

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreFramesOrEndTheSession(byte[] bytes) {
        if (bytes.length < 2) {
            return;
        }
        Memory memory = new Memory();
        YamuxSettings settings =
                YamuxSettings.defaults().with(new YamuxSettings.StreamLimits(MOST_STREAMS, MOST_STREAMS, MOST_STREAMS));
        YamuxHandler session = new YamuxHandler(
                (bytes[0] & 1) == 0 ? Role.LISTENER : Role.DIALLER,
                settings,
                new Application((bytes[0] & 2) == 0),
                memory);
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline().addLast(session, new Judge());
        session.openStream(new Application(true));
        channel.runPendingTasks();
        List<ByteBuf> parts = new ArrayList<>();
        int piece = 1 + (bytes[1] & 0xFF);
        for (int at = 2; at < bytes.length && channel.isOpen(); at += piece) {
            ByteBuf part = Unpooled.copiedBuffer(bytes, at, Math.min(piece, bytes.length - at));
            parts.add(part);
            channel.writeInbound(part);
            channel.runPendingTasks();
            if (session.openStreams() > 2 * MOST_STREAMS) {
                throw new AssertionError(session.openStreams() + " streams");
            }
        }
        channel.finishAndReleaseAll();
        channel.checkException();
        if (memory.held != 0 || session.openStreams() != 0) {
            throw new AssertionError("left: " + memory.held + " bytes, " + session.openStreams() + " streams");
        }
        if (parts.stream().anyMatch(part -> part.refCnt() != 0)) {
            throw new AssertionError("a buffer that was not released");
        }
    }

    private static final class Memory implements ReceiveMemory {

        private long held;

        @Override
        public boolean reserve(long bytes) {
            if (held + bytes > MEMORY) {
                return false;
            }
            held += bytes;
            return true;
        }

        @Override
        public void release(long bytes) {
            held -= bytes;
            if (held < 0) {
                throw new AssertionError("more released than reserved");
            }
        }
    }

    /** Sends back what it reads, if it reads. */
    @Sharable
    private static final class Application extends ChannelInboundHandlerAdapter {

        private final boolean reads;

        Application(boolean reads) {
            this.reads = reads;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            Channel stream = ctx.channel();
            stream.config().setAutoRead(reads);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ctx.writeAndFlush(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (!(cause instanceof StreamResetException)) {
                throw new AssertionError("a stream broke", cause);
            }
        }
    }

    private static final class Judge extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            throw new AssertionError("the session let something pass: " + message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            throw new AssertionError("the session broke", cause);
        }
    }
}
