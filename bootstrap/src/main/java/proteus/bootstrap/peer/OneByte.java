package proteus.bootstrap.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.CompletableFuture;

/** Sends one byte, and tells when one has come back. */
final class OneByte extends SimpleChannelInboundHandler<ByteBuf> {

    private final CompletableFuture<Long> backAtNanos;

    OneByte(CompletableFuture<Long> backAtNanos) {
        this.backAtNanos = backAtNanos;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        var _ = ctx.writeAndFlush(ctx.alloc().buffer(1).writeByte(1));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        backAtNanos.complete(System.nanoTime());
        var _ = ctx.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        backAtNanos.completeExceptionally(cause);
        var _ = ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        backAtNanos.completeExceptionally(new PeerFailedException("the stream ended before a byte came back"));
        ctx.fireChannelInactive();
    }
}
