package proteus.adapters.libp2p.engine.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.timeout.IdleStateEvent;
import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import proteus.adapters.libp2p.engine.stream.DuplexEmbeddedChannel;
import proteus.adapters.libp2p.engine.stream.TestStreams;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/** What a stream's opener sees of the answering side. */
final class PingResponderTest {

    @RegisterExtension
    private final TestStreams streams = new TestStreams();

    private final RandomGenerator random = new Random(20);
    private final DuplexEmbeddedChannel stream = streams.open(new PingResponder());

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void everyPingOfAStreamIsEchoed() {
        for (int i = 0; i < 3; i++) {
            byte[] ping = bytes(PingProtocol.MESSAGE_BYTES);

            stream.receive(ping);

            assertThat(stream.sent()).isEqualTo(ping);
        }
        assertThat(stream.isOpen()).isTrue();
    }

    @Test
    void nothingIsEchoedBeforeAPingIsWhole() {
        byte[] ping = bytes(PingProtocol.MESSAGE_BYTES);

        stream.receive(Arrays.copyOf(ping, 31));
        assertThat(stream.sent()).isEmpty();

        stream.receive(new byte[] {ping[31]});
        assertThat(stream.sent()).isEqualTo(ping);
    }

    @Test
    void howThePingsAreCutDoesNotMatter() {
        for (long seed = 0; seed < 200; seed++) {
            RandomGenerator cuts = new Random(seed);
            byte[] pings = bytes(PingProtocol.MESSAGE_BYTES * (1 + cuts.nextInt(8)));

            for (int at = 0; at < pings.length; ) {
                int end = Math.min(pings.length, at + 1 + cuts.nextInt(100));
                stream.receive(Arrays.copyOfRange(pings, at, end));
                at = end;
            }

            assertThat(stream.sent()).as("seed %d", seed).isEqualTo(pings);
        }
    }

    @Test
    void whenTheRemoteEndsItsSideThisOneEndsToo() {
        stream.receive(bytes(PingProtocol.MESSAGE_BYTES));

        stream.endInput();

        assertThat(stream.sent()).hasSize(PingProtocol.MESSAGE_BYTES);
        assertThat(stream.isOutputShutdown()).isTrue();
        assertThat(stream.isOpen()).isFalse();
        assertThat(stream.wasReset()).isFalse();
    }

    @Test
    void anEndWithinAPingResetsTheStream() {
        stream.receive(bytes(5));

        stream.endInput();

        assertThat(stream.wasReset()).isTrue();
    }

    @Test
    void aRemoteThatDoesNotReadIsNotReadFrom() {
        stream.stall();
        int flood = stream.config().getWriteBufferHighWaterMark() + PingProtocol.MESSAGE_BYTES;
        int before = stream.reads();

        stream.receive(bytes(flood / 2 / PingProtocol.MESSAGE_BYTES * PingProtocol.MESSAGE_BYTES));
        int afterHalf = stream.reads();
        stream.receive(bytes(flood));
        int afterFlood = stream.reads();

        assertThat(afterHalf).isGreaterThan(before);
        assertThat(afterFlood).isEqualTo(afterHalf);

        stream.resume();
        assertThat(stream.reads()).isGreaterThan(afterFlood);
        assertThat(stream.isOpen()).isTrue();
    }

    @Test
    void anEchoThatWaitsForTheRemoteIsSentBeforeTheEnd() {
        byte[] ping = bytes(PingProtocol.MESSAGE_BYTES);
        stream.stall();
        stream.receive(ping);
        stream.endInput();
        assertThat(stream.isOpen()).isTrue();

        stream.resume();

        assertThat(stream.sent()).isEqualTo(ping);
        assertThat(stream.isOpen()).isFalse();
        assertThat(stream.wasReset()).isFalse();
    }

    @Test
    void anIdleStreamIsReset() {
        stream.pipeline().fireUserEventTriggered(IdleStateEvent.ALL_IDLE_STATE_EVENT);

        assertThat(stream.wasReset()).isTrue();
    }

    @Test
    void aResetIsNobodysSurprise() {
        stream.pipeline().fireExceptionCaught(new StreamResetException("reset"));

        assertThat(stream.isOpen()).isFalse();
        stream.checkException();
    }
}
