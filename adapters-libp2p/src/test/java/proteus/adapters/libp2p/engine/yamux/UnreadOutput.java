package proteus.adapters.libp2p.engine.yamux;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;

/** A connection whose other side never reads: what is written waits for ever. */
final class UnreadOutput extends ChannelOutboundHandlerAdapter {

    private final List<Object> messages = new ArrayList<>();

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        messages.add(message);
    }

    int waiting() {
        return messages.size();
    }

    void release() {
        messages.forEach(ReferenceCountUtil::release);
    }
}
