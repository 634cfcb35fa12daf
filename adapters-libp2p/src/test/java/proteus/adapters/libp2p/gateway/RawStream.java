package proteus.adapters.libp2p.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import proteus.adapters.libp2p.engine.Stream;
import proteus.application.contract.Await;

/** The peer's end of a stream, which says what a test tells it to and keeps what it hears. */
final class RawStream extends ChannelInboundHandlerAdapter {

    private final Stream stream;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private volatile boolean inputEnded;

    private RawStream(Stream stream) {
        this.stream = stream;
    }

    /** Takes {@code stream}. */
    static RawStream over(Stream stream) {
        RawStream raw = new RawStream(stream);
        stream.channel().pipeline().addLast(raw);
        return raw;
    }

    Stream stream() {
        return stream;
    }

    /** Sends bytes, at once. */
    RawStream send(byte... bytes) {
        stream.channel().writeAndFlush(Unpooled.wrappedBuffer(bytes));
        return this;
    }

    /** Sends bytes and the end of all that is sent. */
    void sendLast(byte... bytes) {
        stream.channel().eventLoop().execute(() -> {
            stream.channel().writeAndFlush(Unpooled.wrappedBuffer(bytes));
            stream.channel().shutdownOutput();
        });
    }

    /** Waits for so many bytes from the beginning on, and returns those alone. */
    byte[] await(int count) {
        Await.until(() -> count + " bytes, " + heard().length + " came", () -> heard().length >= count);
        return Arrays.copyOf(heard(), count);
    }

    /** All that has come. */
    byte[] heard() {
        synchronized (heard) {
            return heard.toByteArray();
        }
    }

    /** Waits until the node says no more. */
    void awaitEnd() {
        Await.until(
                "the end of the stream", () -> inputEnded || !stream.channel().isOpen());
    }

    boolean isOpen() {
        return stream.channel().isOpen();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        synchronized (heard) {
            heard.writeBytes(ByteBufUtil.getBytes(bytes));
        }
        bytes.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
        }
    }
}
