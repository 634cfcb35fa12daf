package proteus.bootstrap.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import proteus.adapters.libp2p.engine.Stream;

/** Resets the stream at its first byte, so that the dialler sees how that looks. */
final class ResetResponder extends SimpleChannelInboundHandler<ByteBuf> {

    static final String PROTOCOL = "/proteus-test/reset/1.0.0";

    private final Stream stream;

    ResetResponder(Stream stream) {
        this.stream = stream;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        stream.reset();
    }
}
