package proteus.adapters.libp2p.engine.yamux;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.nio.channels.ClosedChannelException;

/**
 * Fails the session when too many frames without a body wait to be written. They go out whether or not the channel is
 * writable, and the remote can ask for them without reading any (CVE-2024-32984).
 */
final class ControlFrameLimit extends ChannelOutboundHandlerAdapter {

    private final int most;
    private final ChannelFutureListener written = future -> this.pending--;
    private int pending;
    private boolean exceeded;

    ControlFrameLimit(int most) {
        this.most = most;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof FrameHeader)) {
            var _ = ctx.write(message, promise);
            return;
        }
        if (pending < most) {
            pending++;
            var _ = ctx.write(message, promise.unvoid().addListener(written));
            return;
        }
        promise.tryFailure(new ClosedChannelException());
        if (!exceeded) {
            exceeded = true;
            ctx.fireUserEventTriggered(new YamuxEvent.Failed(
                    YamuxEvent.Reason.ABUSE, most + " frames wait for a remote that does not read"));
        }
    }
}
