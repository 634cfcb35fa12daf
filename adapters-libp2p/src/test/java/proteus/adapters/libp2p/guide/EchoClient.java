package proteus.adapters.libp2p.guide;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.Host;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;

/** Has a text sent back. */
final class EchoClient extends SimpleChannelInboundHandler<ByteBuf> {

    private final StringBuilder received = new StringBuilder();
    private final CompletableFuture<String> answer;

    private EchoClient(CompletableFuture<String> answer) {
        this.answer = answer;
    }

    static String echo(Host host, Multiaddr server, String text) throws Exception {
        Connection connection = host.dial(List.of(server)).get();
        CompletableFuture<String> answer = new CompletableFuture<>();
        Stream stream = connection
                .open(
                        List.of(EchoServer.PROTOCOL),
                        opened -> opened.channel().pipeline().addLast(new EchoClient(answer)))
                .get();
        stream.channel().writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
        stream.channel().shutdownOutput();
        return answer.get();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        received.append(bytes.toString(StandardCharsets.US_ASCII));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            answer.complete(received.toString());
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        answer.completeExceptionally(cause);
        ctx.close();
    }
}
