package proteus.adapters.libp2p.engine.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import proteus.adapters.libp2p.engine.ping.PingFailedException.Reason;
import proteus.adapters.libp2p.engine.stream.DuplexEmbeddedChannel;
import proteus.adapters.libp2p.engine.stream.TestStreams;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/** Pings as the answering side sees them, and what is made of its echoes. */
final class PingerTest {

    @RegisterExtension
    private final TestStreams streams = new TestStreams();

    private static final PingSettings SETTINGS =
            new PingSettings(Optional.of(Duration.ofSeconds(9)), Duration.ofSeconds(32));
    private static final PingSettings ON_DEMAND = new PingSettings(Optional.empty(), Duration.ofSeconds(32));

    private final Heard heard = new Heard();

    /** Remembers what it was told. */
    private static final class Heard implements PingListener {
        final List<Long> roundTrips = new ArrayList<>();
        final List<Reason> ends = new ArrayList<>();

        @Override
        public void ponged(long roundTripNanos) {
            roundTrips.add(roundTripNanos);
        }

        @Override
        public void ended(PingFailedException why) {
            ends.add(why.reason());
        }
    }

    private DuplexEmbeddedChannel stream(PingSettings settings) {
        return streams.open(new Pinger(settings, new Random(7), heard));
    }

    @Test
    void aPingIsSentAtOnceAndItsRoundTripMeasured() {
        DuplexEmbeddedChannel stream = stream(SETTINGS);
        byte[] ping = stream.sent();
        assertThat(ping).hasSize(PingProtocol.MESSAGE_BYTES);

        stream.advanceTimeBy(5, TimeUnit.MILLISECONDS);
        stream.receive(ping);

        assertThat(heard.roundTrips).containsExactly(5_000_000L);
        assertThat(heard.ends).isEmpty();
    }

    @Test
    void theNextPingComesAnIntervalAfterTheEchoAndIsAnother() {
        DuplexEmbeddedChannel stream = stream(SETTINGS);
        byte[] first = stream.sent();
        stream.advanceTimeBy(10, TimeUnit.SECONDS);
        assertThat(stream.sent()).isEmpty();
        stream.receive(first);

        stream.advanceTimeBy(8_999, TimeUnit.MILLISECONDS);
        assertThat(stream.sent()).isEmpty();
        stream.advanceTimeBy(1, TimeUnit.MILLISECONDS);

        byte[] second = stream.sent();
        assertThat(second).hasSize(PingProtocol.MESSAGE_BYTES).isNotEqualTo(first);
        stream.receive(second);
        assertThat(heard.roundTrips).containsExactly(10_000_000_000L, 0L);
    }

    @Test
    void withoutAnIntervalAPingIsSentWhenAskedForAndOneAtATime() {
        Pinger pinger = new Pinger(ON_DEMAND, new Random(7), heard);
        DuplexEmbeddedChannel stream = streams.open(pinger);
        assertThat(stream.sent()).isEmpty();

        pinger.ping();
        pinger.ping();
        stream.runPendingTasks();

        byte[] ping = stream.sent();
        assertThat(ping).hasSize(PingProtocol.MESSAGE_BYTES);
        stream.receive(ping);
        assertThat(heard.roundTrips).hasSize(1);
        pinger.ping();
        stream.runPendingTasks();
        assertThat(stream.sent()).hasSize(PingProtocol.MESSAGE_BYTES);
    }

    @Test
    void anEchoInPiecesCountsWhenItIsWhole() {
        DuplexEmbeddedChannel stream = stream(SETTINGS);
        byte[] ping = stream.sent();

        stream.receive(Arrays.copyOf(ping, 31));
        assertThat(heard.roundTrips).isEmpty();
        stream.receive(new byte[] {ping[31]});

        assertThat(heard.roundTrips).hasSize(1);
    }

    @Test
    void anEchoThatDoesNotComeInTimeFailsTheStream() {
        DuplexEmbeddedChannel stream = stream(SETTINGS);
        stream.receive(Arrays.copyOf(stream.sent(), 31));

        stream.advanceTimeBy(31_999, TimeUnit.MILLISECONDS);
        assertThat(heard.ends).isEmpty();
        stream.advanceTimeBy(1, TimeUnit.MILLISECONDS);

        assertThat(heard.ends).containsExactly(Reason.TIMED_OUT);
        assertThat(stream.wasReset()).isTrue();
    }

    @Test
    void anEchoWithOneWrongByteFailsTheStream() {
        for (int i = 0; i < PingProtocol.MESSAGE_BYTES; i++) {
            heard.ends.clear();
            DuplexEmbeddedChannel stream = stream(SETTINGS);
            byte[] echo = stream.sent();
            echo[i] ^= 1;

            stream.receive(echo);

            assertThat(heard.ends).as("byte %d", i).containsExactly(Reason.WRONG_ECHO);
            assertThat(stream.wasReset()).isTrue();
        }
        assertThat(heard.roundTrips).isEmpty();
    }

    @Test
    void bytesThatNobodyAskedForFailTheStream() {
        DuplexEmbeddedChannel stream = stream(SETTINGS);
        byte[] ping = stream.sent();

        stream.receive(Arrays.copyOf(ping, 33));

        assertThat(heard.roundTrips).hasSize(1);
        assertThat(heard.ends).containsExactly(Reason.WRONG_ECHO);
    }

    @Test
    void theEndOfTheStreamIsToldOnceHoweverItComes() {
        stream(SETTINGS).endInput();
        stream(SETTINGS).close();
        stream(SETTINGS).pipeline().fireExceptionCaught(new StreamResetException("reset"));

        assertThat(heard.ends).containsExactly(Reason.CLOSED, Reason.CLOSED, Reason.CLOSED);
    }

    @Test
    void afterTheEndNothingIsSentAndNoTimerRuns() {
        Pinger pinger = new Pinger(SETTINGS, new Random(7), heard);
        DuplexEmbeddedChannel stream = streams.open(pinger);
        stream.releaseOutbound();
        stream.endInput();

        pinger.ping();
        stream.advanceTimeBy(100, TimeUnit.SECONDS);
        stream.runPendingTasks();

        assertThat(stream.sent()).isEmpty();
        assertThat(heard.ends).hasSize(1);
    }

    @Test
    void settingsWithoutTimeAreRefused() {
        assertThatThrownBy(() -> new PingSettings(Optional.of(Duration.ZERO), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0S");
        assertThatThrownBy(() -> new PingSettings(Optional.empty(), Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S");
    }
}
