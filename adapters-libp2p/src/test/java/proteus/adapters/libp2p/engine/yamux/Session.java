package proteus.adapters.libp2p.engine.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import proteus.adapters.libp2p.engine.upgrade.Role;

/** One yamux session on an embedded channel, for a test that plays the remote byte by byte. Its clock stands still. */
final class Session implements AutoCloseable {

    final List<RecordingStream> accepted = new ArrayList<>();
    final List<Object> events = new ArrayList<>();
    final YamuxHandler muxer;
    final EmbeddedChannel channel = new EmbeddedChannel();

    Session(Role role) {
        this(role, YamuxSettings.defaults(), RecordingStream::reading);
    }

    Session(Role role, YamuxSettings settings) {
        this(role, settings, RecordingStream::reading);
    }

    Session(Role role, YamuxSettings settings, Supplier<RecordingStream> inboundStreams) {
        this(role, settings, inboundStreams, ReceiveMemory.unlimited());
    }

    /** Has sent its first ping, and got the answer after 50 ms. */
    Session(Role role, YamuxSettings settings, Supplier<RecordingStream> inboundStreams, ReceiveMemory memory) {
        channel.freezeTime();
        ChannelInitializer<Channel> initializer = new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                RecordingStream recording = inboundStreams.get();
                accepted.add(recording);
                stream.pipeline().addLast(recording);
            }
        };
        muxer = new YamuxHandler(role, settings, initializer, memory);
        channel.pipeline().addLast(muxer, new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                events.add(event);
            }
        });
        channel.runPendingTasks();
        written();
        channel.advanceTimeBy(50, TimeUnit.MILLISECONDS);
        sends("00 02 0002 00000000 00000000");
    }

    static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    /** A stream of ours. */
    RecordingStream open(RecordingStream stream) {
        muxer.openStream(stream).getNow();
        return stream;
    }

    /** The remote sends these bytes, in hexadecimal, perhaps with spaces. */
    void sends(String hex) {
        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", ""))));
        channel.runPendingTasks();
    }

    /** The remote sends a frame with a body of {@code length} times the letter x. */
    void sendsData(int flags, int streamId, int length) {
        ByteBuf frame = channel.alloc().buffer();
        FrameHeader.data(flags, streamId, length).writeTo(frame);
        for (int i = 0; i < length; i++) {
            frame.writeByte('x');
        }
        channel.writeInbound(frame);
        channel.runPendingTasks();
    }

    /** All that was written since the last call, in hexadecimal, with spaces between the fields of headers. */
    String written() {
        channel.runPendingTasks();
        StringBuilder text = new StringBuilder();
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        while (all.isReadable()) {
            int type = all.getByte(all.readerIndex() + 1);
            text.append(text.isEmpty() ? "" : " | ");
            for (int width : new int[] {1, 1, 2, 4, 4}) {
                byte[] field = new byte[width];
                all.readBytes(field);
                text.append(HexFormat.of().formatHex(field)).append(' ');
            }
            text.setLength(text.length() - 1);
            if (type == 0) {
                int length = all.getInt(all.readerIndex() - 4);
                String body =
                        all.readCharSequence(length, StandardCharsets.US_ASCII).toString();
                text.append(length == 0 ? "" : length > 32 ? " (" + length + ")" : " " + body);
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
        channel.checkException();
    }
}
