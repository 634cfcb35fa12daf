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

class PingerTest {

    private final Pinger pinger = new Pinger(new YamuxSettings.Pings(Duration.ofSeconds(10), Duration.ofSeconds(30)));
    private final List<Object> events = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void start() {
        channel.freezeTime();
        channel.pipeline().addLast(pinger, new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                events.add(event);
            }
        });
    }

    private void pass(long milliseconds) {
        channel.advanceTimeBy(milliseconds, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void theFirstPingGoesOutAtOnceAndMeasuresTheRoundTrip() {
        assertThat(channel.<FrameHeader>readOutbound()).isEqualTo(FrameHeader.ping(0));
        assertThat(pinger.roundTripNanos()).isZero();

        pass(60);
        channel.writeInbound(FrameHeader.pong(0));

        assertThat(pinger.roundTripNanos()).isEqualTo(60_000_000);
        assertThat(channel.inboundMessages()).isEmpty();
    }

    @Test
    void theNextPingFollowsTheAnswerAfterTheInterval() {
        channel.readOutbound();
        pass(60);
        channel.writeInbound(FrameHeader.pong(0));

        pass(9_999);
        assertThat(channel.<FrameHeader>readOutbound()).isNull();
        pass(1);
        assertThat(channel.<FrameHeader>readOutbound()).isEqualTo(FrameHeader.ping(1));
        channel.writeInbound(FrameHeader.pong(1));

        assertThat(events).isEmpty();
    }

    @Test
    void silenceAfterAPingEndsTheSession() {
        pass(29_999);
        assertThat(events).isEmpty();

        pass(1);

        assertThat(events)
                .containsExactly(
                        new YamuxEvent.Failed(YamuxEvent.Reason.PING_TIMEOUT, "nothing came for PT30S after a ping"));
    }

    @Test
    void aRemoteThatStillSendsMayAnswerLater() {
        pass(29_999);
        channel.writeInbound(FrameHeader.data(0, 1, 0));
        pass(1);
        assertThat(events).isEmpty();

        pass(30_000);
        assertThat(events).hasSize(1);
    }

    @Test
    void anotherValueIsAViolation() {
        channel.writeInbound(FrameHeader.pong(7));

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        YamuxEvent.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(YamuxEvent.Reason.VIOLATION));
    }

    @Test
    void aSecondAnswerIsAViolation() {
        channel.writeInbound(FrameHeader.pong(0));
        assertThat(events).isEmpty();

        channel.writeInbound(FrameHeader.pong(0));

        assertThat(events).hasSize(1);
    }

    @Test
    void pingsAreAnsweredWithTheirValue() {
        channel.readOutbound();

        channel.writeInbound(FrameHeader.ping(0xFFFF_FFFFL));

        assertThat(channel.<FrameHeader>readOutbound()).isEqualTo(FrameHeader.pong(0xFFFF_FFFFL));
    }

    @Test
    void whenRemovedItStops() {
        channel.readOutbound();

        channel.pipeline().remove(pinger);
        pass(60_000);

        assertThat(events).isEmpty();
        assertThat(channel.<FrameHeader>readOutbound()).isNull();
    }
}
