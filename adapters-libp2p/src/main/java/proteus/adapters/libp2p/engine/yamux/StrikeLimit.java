package proteus.adapters.libp2p.engine.yamux;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.time.Duration;

/** Fails the session at more than so many strikes of one kind in a period. It swallows the strikes that it counts. */
final class StrikeLimit extends ChannelOutboundHandlerAdapter {

    private final Strike counted;
    private final int most;
    private final long periodNanos;
    private long periodStart;
    private int count;

    StrikeLimit(Strike counted, int most, Duration period) {
        this.counted = counted;
        this.most = most;
        this.periodNanos = period.toNanos();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message != counted) {
            var _ = ctx.write(message, promise);
            return;
        }
        promise.trySuccess();
        long now = ctx.executor().ticker().nanoTime();
        if (count == 0 || now - periodStart > periodNanos) {
            periodStart = now;
            count = 0;
        }
        count++;
        if (count == most + 1) {
            ctx.fireUserEventTriggered(
                    new YamuxEvent.Failed(YamuxEvent.Reason.ABUSE, counted + " " + count + " times, limit " + most));
        }
    }
}
