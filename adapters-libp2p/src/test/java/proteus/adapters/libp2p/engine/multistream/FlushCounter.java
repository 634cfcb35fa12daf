package proteus.adapters.libp2p.engine.multistream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;

/** Stands before the socket and counts what would become system calls. */
final class FlushCounter extends ChannelOutboundHandlerAdapter {

    private int count;

    int count() {
        return count;
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        count++;
        ctx.flush();
    }
}
