package proteus.adapters.libp2p.engine.perf;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.timeout.IdleStateEvent;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import proteus.adapters.libp2p.engine.stream.DuplexEmbeddedChannel;
import proteus.adapters.libp2p.engine.stream.TestStreams;
import proteus.adapters.libp2p.engine.upgrade.StreamResetException;

/** What a measuring remote sees of the serving side. */
final class PerfServerTest {

    @RegisterExtension
    private final TestStreams streams = new TestStreams();

    private static final long MOST_UP = 1_000_000;
    private static final long MOST_DOWN = 8_000_000;

    private final DuplexEmbeddedChannel stream = streams.open(new PerfServer(new PerfLimits(MOST_UP, MOST_DOWN)));

    private static byte[] header(long wanted) {
        return ByteBuffer.allocate(8).putLong(wanted).array();
    }

    @Test
    void exactlyWhatWasWantedIsSentWhenTheUploadHasEnded() {
        stream.receive(header(200_001));
        stream.receive(new byte[1000]);
        assertThat(stream.sentBytes()).isZero();

        stream.endInput();

        assertThat(stream.sentBytes()).isEqualTo(200_001);
        assertThat(stream.isOutputShutdown()).isTrue();
        assertThat(stream.isOpen()).isFalse();
        assertThat(stream.wasReset()).isFalse();
    }

    @Test
    void theBytesAreZeros() {
        stream.receive(header(70_000));
        stream.endInput();

        assertThat(stream.sent()).isEqualTo(new byte[70_000]);
    }

    @Test
    void theWantedNumberIsBigEndianAndMayComeInPieces() {
        for (byte part : header(0x0102)) {
            stream.receive(new byte[] {part});
        }
        stream.endInput();

        assertThat(stream.sentBytes()).isEqualTo(0x0102);
    }

    @Test
    void nothingWantedIsNothingSentButTheEnd() {
        stream.receive(header(0));
        stream.endInput();

        assertThat(stream.sentBytes()).isZero();
        assertThat(stream.isOutputShutdown()).isTrue();
        assertThat(stream.wasReset()).isFalse();
    }

    @Test
    void theMostThatIsAllowedIsServedInManyTurns() {
        stream.receive(header(MOST_DOWN));
        stream.endInput();

        assertThat(stream.sentBytes()).isEqualTo(MOST_DOWN);
    }

    @Test
    void aWishAboveTheLimitResetsTheStreamBeforeAnythingIsSent() {
        for (long wish : new long[] {MOST_DOWN + 1, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            DuplexEmbeddedChannel greedy = streams.open(new PerfServer(new PerfLimits(MOST_UP, MOST_DOWN)));

            greedy.receive(header(wish));

            assertThat(greedy.wasReset()).as("%x", wish).isTrue();
            assertThat(greedy.sentBytes()).isZero();
        }
    }

    @Test
    void anUploadAboveTheLimitResetsTheStream() {
        stream.receive(header(1));
        stream.receive(new byte[(int) MOST_UP]);
        assertThat(stream.isOpen()).isTrue();

        stream.receive(new byte[1]);

        assertThat(stream.wasReset()).isTrue();
    }

    @Test
    void anEndBeforeTheWishIsWholeResetsTheStream() {
        stream.receive(new byte[7]);
        stream.endInput();

        assertThat(stream.wasReset()).isTrue();
    }

    @Test
    void aRemoteThatDoesNotReadCostsNoMoreThanTheHighWaterMarkAndAChunk() {
        stream.stall();
        stream.receive(header(MOST_DOWN));
        stream.endInput();

        assertThat(stream.unsafe().outboundBuffer().totalPendingWriteBytes())
                .isPositive()
                .isLessThan(stream.config().getWriteBufferHighWaterMark() + 2L * ZeroSource.CHUNK_BYTES);
        stream.resume();
        assertThat(stream.sentBytes()).isEqualTo(MOST_DOWN);
        assertThat(stream.wasReset()).isFalse();
    }

    @Test
    void aStreamThatIsResetInTheMiddleHoldsNothing() {
        stream.stall();
        stream.receive(header(MOST_DOWN));
        stream.endInput();

        stream.pipeline().fireExceptionCaught(new StreamResetException("reset"));

        assertThat(stream.isOpen()).isFalse();
        assertThat(stream.sentBytes()).isZero();
        stream.checkException();
    }

    @Test
    void aStreamThatStandsStillIsReset() {
        stream.pipeline().fireUserEventTriggered(IdleStateEvent.ALL_IDLE_STATE_EVENT);

        assertThat(stream.wasReset()).isTrue();
    }
}
