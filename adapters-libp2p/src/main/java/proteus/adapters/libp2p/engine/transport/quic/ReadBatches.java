package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.List;

/** Runs what waits for the end of the next batch of received datagrams. Before the codec; on the event loop. */
final class ReadBatches extends ChannelInboundHandlerAdapter {

    private List<Runnable> waiting = new ArrayList<>();

    void afterNext(Runnable task) {
        waiting.add(task);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        if (!waiting.isEmpty()) {
            List<Runnable> due = waiting;
            waiting = new ArrayList<>();
            due.forEach(Runnable::run);
        }
    }
}
