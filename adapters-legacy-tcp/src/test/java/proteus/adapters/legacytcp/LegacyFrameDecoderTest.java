package proteus.adapters.legacytcp;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.adapters.legacytcp.Bytes.announced;
import static proteus.adapters.legacytcp.Bytes.frame;
import static proteus.adapters.legacytcp.Bytes.hex;
import static proteus.adapters.legacytcp.Bytes.joined;
import static proteus.adapters.legacytcp.Bytes.padded;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proteus.application.memory.InboundBudget;
import proteus.application.memory.InboundBudget.Reservation;
import proteus.application.wire.MalformedMessageException;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.FrameLimits;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

final class LegacyFrameDecoderTest {

    private static final byte[] BYE = hex("13");
    private static final byte[] REQUEST_HEIGHT_1 = hex("04 01");

    private final InboundBudget budget = new InboundBudget(1 << 30);
    private final LegacyFrameDecoder decoder = new LegacyFrameDecoder(budget);
    private final ReadCounter reads = new ReadCounter();
    private final FaultRecorder faults = new FaultRecorder();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<ByteBuf> sent = new ArrayList<>();

    LegacyFrameDecoderTest() {
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(reads, decoder, faults);
        channel.freezeTime();
    }

    @AfterEach
    void everyBufferIsReleased() {
        channel.finishAndReleaseAll();
        assertThat(sent).allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
        assertThat(budget.waiting()).isZero();
        assertThat(budget.reserved()).isZero();
    }

    private void arrive(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        ByteBuf buffer = Unpooled.copiedBuffer(bytes);
        sent.add(buffer);
        channel.writeInbound(buffer);
        channel.runPendingTasks();
    }

    private Optional<PeerMessage> nextMessage() throws MalformedMessageException {
        LegacyFrame frame = channel.readInbound();
        if (frame == null) {
            return Optional.empty();
        }
        try (frame) {
            return Optional.of(frame.decode());
        }
    }

    private void established() {
        decoder.endHandshake();
    }

    @Test
    void aFrameThatComesByteByByteIsWhole() throws MalformedMessageException {
        established();
        decoder.request();

        for (byte single : frame(REQUEST_HEIGHT_1)) {
            assertThat(nextMessage()).isEmpty();
            arrive(new byte[] {single});
        }

        assertThat(nextMessage()).contains(height(1));
    }

    @Test
    void twoFramesCutAnywhereAreTwoFrames() throws MalformedMessageException {
        established();
        byte[] bytes = joined(frame(REQUEST_HEIGHT_1), frame(BYE));

        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                decoder.request();
                decoder.request();
                arrive(Arrays.copyOfRange(bytes, 0, first));
                arrive(Arrays.copyOfRange(bytes, first, second));
                arrive(Arrays.copyOfRange(bytes, second, bytes.length));

                assertThat(nextMessage()).contains(height(1));
                assertThat(nextMessage()).contains(new PeerMessage.Bye());
                assertThat(nextMessage()).isEmpty();
            }
        }
    }

    @Test
    void eachRequestGivesOneFrameAndTheRestWaits() throws MalformedMessageException {
        established();
        decoder.request();

        arrive(joined(frame(BYE), frame(REQUEST_HEIGHT_1)));

        assertThat(nextMessage()).contains(new PeerMessage.Bye());
        assertThat(nextMessage()).isEmpty();
        decoder.request();
        assertThat(nextMessage()).contains(height(1));
    }

    @Test
    void nothingIsReadWithoutARequest() {
        established();
        assertThat(reads.count).isZero();

        decoder.request();
        assertThat(reads.count).isEqualTo(1);

        arrive(frame(BYE));
        channel.<LegacyFrame>readInbound().close();
        assertThat(reads.count).isEqualTo(1);
    }

    @Test
    void readingGoesOnWithinAFrame() {
        established();
        decoder.request();

        arrive(announced(2, (byte) 4));

        assertThat(reads.count).isEqualTo(2);
    }

    /** neptune-core 0.19.4 applies the kind's limit as soon as the kind is known, and punishes with −200. */
    @ParameterizedTest
    @EnumSource(PeerMessageKind.class)
    void aFrameOverTheLimitOfItsKindIsRefusedFromItsFirstBytes(PeerMessageKind kind) {
        established();
        decoder.request();
        long tooMuch = FrameLimits.bincode(kind) + 1L;

        arrive(announced(tooMuch, (byte) kind.index()));

        assertThat(faults.seen).containsExactly(new FrameFault.Oversized(kind, tooMuch));
        assertThat(budget.reserved()).isZero();
    }

    @ParameterizedTest
    @EnumSource(PeerMessageKind.class)
    void aFrameOfExactlyItsLimitIsReserved(PeerMessageKind kind) {
        established();
        decoder.request();

        arrive(announced(FrameLimits.bincode(kind), (byte) kind.index()));

        assertThat(faults.seen).isEmpty();
        assertThat(budget.reserved()).isEqualTo(FrameLimits.bincode(kind));
    }

    @ParameterizedTest
    @EnumSource(PeerMessageKind.class)
    void duringTheHandshakeNoKindMayBeLongerThan64KiB(PeerMessageKind kind) {
        decoder.request();

        arrive(announced(65_537, (byte) kind.index()));

        assertThat(faults.seen).containsExactly(new FrameFault.Oversized(kind, 65_537));
    }

    @Test
    void aHandshakeTakesNothingFromTheBudget() {
        decoder.request();

        arrive(announced(65_536, (byte) 0));

        assertThat(faults.seen).isEmpty();
        assertThat(budget.reserved()).isZero();
    }

    /** neptune-core 0.19.4 refuses an unknown kind only when min(N, 64) payload bytes are there. */
    @Test
    void anUnknownKindIsRefusedAtSixtyFourBytesAndNotBefore() {
        established();
        decoder.request();

        arrive(announced(1000, padded(63, (byte) 33)));
        assertThat(faults.seen).isEmpty();
        arrive(new byte[1]);

        assertThat(faults.seen).containsExactly(new FrameFault.UnknownKind());
    }

    @Test
    void aShortFrameOfUnknownKindIsRefusedWhenItIsWhole() {
        established();
        decoder.request();

        arrive(announced(3, (byte) 33, (byte) 0));
        assertThat(faults.seen).isEmpty();
        arrive(new byte[1]);

        assertThat(faults.seen).containsExactly(new FrameFault.UnknownKind());
    }

    @Test
    void anEmptyFrameIsOfUnknownKind() {
        established();
        decoder.request();

        arrive(frame());

        assertThat(faults.seen).containsExactly(new FrameFault.UnknownKind());
    }

    /** neptune-core 0.19.4 reads {@code GET } as a length and waits for 64 bytes of payload. */
    @Test
    void anHttpRequestIsOfUnknownKindOnceLongEnough() {
        decoder.request();

        arrive("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(faults.seen).isEmpty();
        arrive("and forty more bytes, so that there are 64 of them.".getBytes(StandardCharsets.US_ASCII));

        assertThat(faults.seen).containsExactly(new FrameFault.UnknownKind());
    }

    @Test
    void aLengthAloneIsWaitedFor() {
        decoder.request();

        arrive(hex("FFFFFFFF"));

        assertThat(faults.seen).isEmpty();
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void afterAFaultNothingMoreIsReadOrPassedOn() {
        established();
        decoder.request();
        arrive(frame());
        int before = reads.count;

        decoder.request();
        arrive(frame(BYE));

        assertThat(reads.count).isEqualTo(before);
        assertThat(channel.<Object>readInbound()).isNull();
        assertThat(faults.seen).hasSize(1);
    }

    @Test
    void theReservationLastsUntilTheFrameIsClosed() {
        established();
        decoder.request();
        arrive(frame(padded(5000, (byte) 31)));
        LegacyFrame frame = channel.readInbound();
        assertThat(budget.reserved()).isEqualTo(5000);

        frame.close();
        frame.close();

        assertThat(budget.reserved()).isZero();
    }

    @Test
    void aLongFrameOfManyPiecesIsWhole() throws MalformedMessageException {
        established();
        decoder.request();
        byte[] payload = padded(300_000, (byte) 31);
        payload[299_999] = 42;
        byte[] bytes = frame(payload);

        for (int at = 0; at < bytes.length; at += 7001) {
            arrive(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 7001)));
        }

        try (LegacyFrame frame = channel.readInbound()) {
            assertThat(frame.kind()).isEqualTo(PeerMessageKind.ARCHIVAL_MUTATOR_SET);
            assertThat(frame.size()).isEqualTo(300_000);
        }
    }

    @Test
    void withoutRoomInTheBudgetReadingStopsAndGoesOnWhenThereIsRoom() throws MalformedMessageException {
        established();
        Reservation others = budget.reserve(1 << 30, _ -> {}).orElseThrow();
        decoder.request();
        arrive(frame(REQUEST_HEIGHT_1));
        int before = reads.count;
        assertThat(nextMessage()).isEmpty();
        assertThat(budget.waiting()).isEqualTo(1);

        others.close();
        channel.runPendingTasks();

        assertThat(nextMessage()).contains(height(1));
        assertThat(reads.count).isEqualTo(before);
    }

    @Test
    void whoWaitsTooLongForRoomIsGivenUp() {
        established();
        Reservation others = budget.reserve(1 << 30, _ -> {}).orElseThrow();
        decoder.request();
        arrive(frame(REQUEST_HEIGHT_1));

        pass(LegacyFrameDecoder.BUDGET_PATIENCE.toSeconds() - 1);
        assertThat(faults.seen).isEmpty();
        pass(2);

        assertThat(faults.seen).singleElement().isInstanceOf(FrameFault.Starved.class);
        assertThat(budget.waiting()).isZero();
        others.close();
    }

    @Test
    void whoGoesAwayWhileWaitingLeavesTheQueue() {
        established();
        Reservation others = budget.reserve(1 << 30, _ -> {}).orElseThrow();
        decoder.request();
        arrive(frame(REQUEST_HEIGHT_1));

        channel.close();

        assertThat(budget.waiting()).isZero();
        others.close();
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void aFrameLargerThanTheWholeBudgetIsGivenUpAtOnce() {
        InboundBudget small = new InboundBudget(100);
        LegacyFrameDecoder tight = new LegacyFrameDecoder(small);
        FaultRecorder seen = new FaultRecorder();
        EmbeddedChannel other = new EmbeddedChannel(tight, seen);
        tight.endHandshake();
        tight.request();

        other.writeInbound(Unpooled.copiedBuffer(announced(101, (byte) 31)));

        assertThat(seen.seen).singleElement().isInstanceOf(FrameFault.Starved.class);
        assertThat(other.finishAndReleaseAll()).isFalse();
    }

    /** neptune-core has no such deadline after the handshake; there a half frame may stay for ever. */
    @Test
    void aFrameThatStopsComingIsGivenUp() {
        established();
        decoder.request();
        arrive(announced(65_536 * 10, (byte) 31));

        pass(LegacyFrameDecoder.FRAME_PATIENCE.toSeconds() + 9);
        assertThat(faults.seen).isEmpty();
        pass(2);

        assertThat(faults.seen).singleElement().isInstanceOf(FrameFault.Starved.class);
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void aLengthWithoutAFrameIsGivenUpToo() {
        established();
        decoder.request();
        arrive(hex("00000010"));

        pass(LegacyFrameDecoder.FRAME_PATIENCE.toSeconds() + 1);

        assertThat(faults.seen).singleElement().isInstanceOf(FrameFault.Starved.class);
    }

    @Test
    void anIdleConnectionHasNoDeadline() {
        established();
        decoder.request();
        arrive(frame(BYE));
        channel.<LegacyFrame>readInbound().close();
        decoder.request();

        pass(100_000);

        assertThat(faults.seen).isEmpty();
    }

    @Test
    void anEndBetweenFramesIsNoFault() {
        established();
        decoder.request();
        arrive(frame(BYE));
        channel.<LegacyFrame>readInbound().close();

        channel.close();

        assertThat(faults.seen).isEmpty();
    }

    @Test
    void anEndWithinAFrameIsOne() {
        established();
        decoder.request();
        arrive(announced(5, (byte) 4, (byte) 0));

        channel.close();

        assertThat(faults.seen).containsExactly(new FrameFault.CutShort());
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void halfALengthIsWithinAFrameToo() {
        established();
        decoder.request();
        arrive(new byte[2]);

        channel.close();

        assertThat(faults.seen).containsExactly(new FrameFault.CutShort());
    }

    private void pass(long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    private static PeerMessage height(int number) {
        return new PeerMessage.BlockRequestByHeight(new BlockHeight(number));
    }

    private static final class ReadCounter extends ChannelOutboundHandlerAdapter {
        private int count;

        @Override
        public void read(ChannelHandlerContext ctx) {
            count++;
            ctx.read();
        }
    }

    private static final class FaultRecorder extends ChannelInboundHandlerAdapter {
        private final List<Object> seen = new ArrayList<>();

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            seen.add(event);
        }
    }
}
