package proteus.adapters.libp2p.engine.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import proteus.adapters.libp2p.engine.perf.PerfFailedException.Reason;
import proteus.adapters.libp2p.engine.stream.DuplexEmbeddedChannel;
import proteus.adapters.libp2p.engine.stream.TestStreams;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/** A measurement as the serving side sees it, and what comes out of it. */
final class PerfClientTest {

    @RegisterExtension
    private final TestStreams streams = new TestStreams();

    private final Promise<PerfResult> result = ImmediateEventExecutor.INSTANCE.newPromise();

    private DuplexEmbeddedChannel stream(long up, long down) {
        return streams.open(new PerfClient(up, down, result));
    }

    private Reason failure() {
        assertThat(result.cause()).isInstanceOf(PerfFailedException.class);
        return ((PerfFailedException) result.cause()).reason();
    }

    @Test
    void theWishGoesFirstThenTheUploadThenTheEnd() {
        DuplexEmbeddedChannel stream = stream(3, 258);

        assertThat(stream.sent()).isEqualTo(HexFormat.of().parseHex("0000000000000102000000"));
        assertThat(stream.isOutputShutdown()).isTrue();
        assertThat(result.isDone()).isFalse();
        stream.close();
    }

    @Test
    void bothPhasesAreMeasured() {
        DuplexEmbeddedChannel stream = streams.open();
        stream.stall();
        stream.pipeline().addLast(new PerfClient(1_000_000, 300, result));
        stream.advanceTimeBy(20, TimeUnit.MILLISECONDS);
        stream.resume();
        assertThat(stream.sentBytes()).isEqualTo(1_000_008);

        stream.advanceTimeBy(3, TimeUnit.MILLISECONDS);
        stream.receive(new byte[100]);
        stream.receive(new byte[200]);
        stream.advanceTimeBy(4, TimeUnit.MILLISECONDS);
        stream.endInput();

        assertThat(result.getNow()).isEqualTo(new PerfResult(1_000_000, 20_000_000, 300, 7_000_000));
        assertThat(stream.isOpen()).isFalse();
        assertThat(stream.wasReset()).isFalse();
    }

    @Test
    void anUploadWaitsForTheRemoteAndHoldsLittle() {
        DuplexEmbeddedChannel stream = streams.open();
        stream.stall();

        stream.pipeline().addLast(new PerfClient(Long.MAX_VALUE, 0, result));
        stream.runPendingTasks();

        assertThat(stream.unsafe().outboundBuffer().totalPendingWriteBytes())
                .isLessThan(stream.config().getWriteBufferHighWaterMark() + 2L * ZeroSource.CHUNK_BYTES);
        assertThat(stream.isOutputShutdown()).isFalse();
        stream.close();
        assertThat(failure()).isEqualTo(Reason.CLOSED);
    }

    @Test
    void clientAndServerFitTogether() {
        DuplexEmbeddedChannel client = stream(500_000, 700_000);
        DuplexEmbeddedChannel server = streams.open(new PerfServer(new PerfLimits(500_000, 700_000)));

        byte[] up = client.sent();
        for (int at = 0; at < up.length; at += 10_000) {
            server.receive(Arrays.copyOfRange(up, at, Math.min(up.length, at + 10_000)));
        }
        server.endInput();
        client.receive(server.sent());
        client.endInput();

        assertThat(result.getNow()).isEqualTo(new PerfResult(500_000, 0, 700_000, 0));
    }

    @Test
    void tooLittleOrTooMuchFailsTheMeasurement() {
        DuplexEmbeddedChannel miserly = stream(0, 10);
        miserly.receive(new byte[9]);
        miserly.endInput();
        assertThat(failure()).isEqualTo(Reason.TOO_SHORT);

        Promise<PerfResult> other = ImmediateEventExecutor.INSTANCE.newPromise();
        DuplexEmbeddedChannel generous = streams.open(new PerfClient(0, 10, other));
        generous.receive(new byte[11]);
        assertThat(other.cause()).hasMessageContaining("11 bytes");
        assertThat(generous.wasReset()).isTrue();
    }

    @Test
    void anEndBeforeTheUploadIsOverFailsTheMeasurement() {
        DuplexEmbeddedChannel stream = streams.open();
        stream.stall();
        stream.pipeline().addLast(new PerfClient(1, 0, result));

        stream.endInput();

        assertThat(failure()).isEqualTo(Reason.TOO_SHORT);
        assertThat(result.cause()).hasMessageContaining("of 1 bytes up");
        stream.releaseOutbound();
    }

    @Test
    void aResetAndAStandstillFailTheMeasurement() {
        stream(0, 10).pipeline().fireExceptionCaught(new StreamResetException("reset"));
        assertThat(failure()).isEqualTo(Reason.CLOSED);

        Promise<PerfResult> other = ImmediateEventExecutor.INSTANCE.newPromise();
        streams.open(new PerfClient(0, 10, other))
                .pipeline()
                .fireUserEventTriggered(IdleStateEvent.ALL_IDLE_STATE_EVENT);
        assertThat(((PerfFailedException) other.cause()).reason()).isEqualTo(Reason.STALLED);
    }

    @Test
    void cancellingTheResultResetsTheStream() {
        DuplexEmbeddedChannel stream = stream(0, 10);

        result.cancel(false);
        stream.runPendingTasks();

        assertThat(stream.wasReset()).isTrue();
    }

    @Test
    void negativeNumbersAreRefused() {
        assertThatThrownBy(() -> new PerfClient(-1, 0, result)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PerfLimits(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
