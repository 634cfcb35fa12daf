package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Keeps what a stream tells; with {@code echo} it sends back all that came, and its end. */
final class RecordingStream extends ChannelInboundHandlerAdapter {

    final CompletableFuture<DuplexChannel> channel = new CompletableFuture<>();
    final CompletableFuture<String> wholeInput = new CompletableFuture<>();
    final CompletableFuture<Throwable> caught = new CompletableFuture<>();
    final CompletableFuture<List<String>> story = new CompletableFuture<>();

    private final boolean echo;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final List<String> soFar = new ArrayList<>();

    RecordingStream(boolean echo) {
        this.echo = echo;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        channel.complete((DuplexChannel) ctx.channel());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        byte[] copy = new byte[bytes.readableBytes()];
        bytes.readBytes(copy);
        received.writeBytes(copy);
        bytes.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            soFar.add("end of input");
            wholeInput.complete(received.toString(StandardCharsets.UTF_8));
            if (echo) {
                ctx.writeAndFlush(Unpooled.wrappedBuffer(received.toByteArray()));
                ((DuplexChannel) ctx.channel()).shutdownOutput();
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        soFar.add(cause.getClass().getSimpleName());
        caught.complete(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        soFar.add("closed");
        story.complete(List.copyOf(soFar));
    }
}
