package proteus.adapters.libp2p.engine.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StrikeLimitTest {

    private final List<Object> events = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(
            new StrikeLimit(Strike.REFUSED_STREAM, 2, Duration.ofSeconds(10)), new ChannelInboundHandlerAdapter() {
                @Override
                public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                    events.add(event);
                }
            });

    @BeforeEach
    void stopTheClock() {
        channel.freezeTime();
    }

    private void strike(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(channel.writeOutbound(Strike.REFUSED_STREAM)).isFalse();
        }
    }

    @Test
    void asManyAsTheLimitAreAllowed() {
        strike(2);

        assertThat(events).isEmpty();
    }

    @Test
    void oneMoreIsToldOnce() {
        strike(5);

        assertThat(events)
                .containsExactly(new YamuxEvent.Failed(YamuxEvent.Reason.ABUSE, "REFUSED_STREAM 3 times, limit 2"));
    }

    @Test
    void thePeriodEnds() {
        strike(2);
        channel.advanceTimeBy(10_001, TimeUnit.MILLISECONDS);
        strike(2);
        assertThat(events).isEmpty();

        channel.advanceTimeBy(9_999, TimeUnit.MILLISECONDS);
        strike(1);
        assertThat(events).hasSize(1);
    }

    @Test
    void otherThingsPass() {
        channel.writeOutbound(Strike.IGNORED_FRAME, "something");

        assertThat(channel.outboundMessages()).containsExactly(Strike.IGNORED_FRAME, "something");
    }
}
