package proteus.bootstrap.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.concurrent.CompletableFuture;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/** Tells what ends a stream that is only read: its first bytes, a clean end, a reset, or something else. */
final class EndOfInput extends SimpleChannelInboundHandler<ByteBuf> {

    private final CompletableFuture<Kind> end;

    /** What came first. */
    enum Kind {
        BYTES,
        CLEAN_END,
        RESET
    }

    EndOfInput(CompletableFuture<Kind> end) {
        this.end = end;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        end.complete(Kind.BYTES);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            end.complete(Kind.CLEAN_END);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof StreamResetException) {
            end.complete(Kind.RESET);
        } else {
            end.completeExceptionally(cause);
        }
        var _ = ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end.completeExceptionally(new PeerFailedException("the stream was closed without a reason"));
        ctx.fireChannelInactive();
    }
}
