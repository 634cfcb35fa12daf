package proteus.adapters.libp2p.engine.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The end of a stream's pipeline that notes what comes. */
final class RecordingStream extends ChannelInboundHandlerAdapter {

    final ByteArrayOutputStream received = new ByteArrayOutputStream();
    final List<Throwable> failures = new ArrayList<>();
    final List<Boolean> writability = new ArrayList<>();
    final List<Integer> pieces = new ArrayList<>();
    private final boolean autoRead;
    DuplexChannel channel;
    boolean ended;
    boolean inactive;

    RecordingStream(boolean autoRead) {
        this.autoRead = autoRead;
    }

    static RecordingStream reading() {
        return new RecordingStream(true);
    }

    static RecordingStream notReading() {
        return new RecordingStream(false);
    }

    String text() {
        return received.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = (DuplexChannel) ctx.channel();
        channel.config().setAutoRead(autoRead);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        ByteBuf piece = (ByteBuf) message;
        pieces.add(piece.readableBytes());
        piece.readBytes(received, piece.readableBytes());
        piece.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            ended = true;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        writability.add(ctx.channel().isWritable());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failures.add(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        inactive = true;
    }
}
