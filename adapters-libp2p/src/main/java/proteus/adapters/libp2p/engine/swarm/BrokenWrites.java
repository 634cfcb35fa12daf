package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/**
 * Tells the pipeline of a write that the network broke. Netty closes the channel then, and says why to the writer alone,
 * so that it would look like an orderly close of the remote. On the event loop of the channel.
 */
final class BrokenWrites extends ChannelOutboundHandlerAdapter {

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ctx.write(message, promise.unvoid()).addListener(written -> {
            if (written.cause() instanceof IOException broken && !(broken instanceof ClosedChannelException)) {
                ctx.fireExceptionCaught(broken);
            }
        });
    }
}
