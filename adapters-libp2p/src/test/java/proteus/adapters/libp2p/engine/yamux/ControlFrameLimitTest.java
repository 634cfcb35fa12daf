package proteus.adapters.libp2p.engine.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlFrameLimitTest {

    private final List<Object> events = new ArrayList<>();
    private final EmbeddedChannel channel =
            new EmbeddedChannel(new ControlFrameLimit(2), new ChannelInboundHandlerAdapter() {
                @Override
                public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                    events.add(event);
                }
            });

    @Test
    void framesThatWaitAreCounted() {
        channel.write(FrameHeader.pong(1));
        channel.write(FrameHeader.pong(2));
        assertThat(events).isEmpty();

        ChannelFuture third = channel.write(FrameHeader.pong(3));
        channel.write(FrameHeader.pong(4));

        assertThat(third.cause()).isNotNull();
        assertThat(events)
                .containsExactly(new YamuxEvent.Failed(
                        YamuxEvent.Reason.ABUSE, "2 frames wait for a remote that does not read"));
    }

    @Test
    void whatIsWrittenCountsNoMore() {
        for (int i = 0; i < 10; i++) {
            channel.write(FrameHeader.pong(i));
            channel.write(FrameHeader.pong(i));
            channel.flush();
        }

        assertThat(events).isEmpty();
        assertThat(channel.outboundMessages()).hasSize(20);
    }

    @Test
    void dataIsNotCounted() {
        for (int i = 0; i < 10; i++) {
            channel.write(Unpooled.EMPTY_BUFFER);
        }

        assertThat(events).isEmpty();
    }
}
