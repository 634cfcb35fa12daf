package proteus.application.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.application.contract.FrameBytes.announced;
import static proteus.application.contract.FrameBytes.frame;
import static proteus.application.contract.FrameBytes.hex;
import static proteus.application.contract.FrameBytes.joined;
import static proteus.application.contract.FrameBytes.padded;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import proteus.application.memory.InboundBudget;
import proteus.application.memory.InboundBudget.Reservation;
import proteus.application.port.InboundFrame;
import proteus.application.wire.MalformedMessageException;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.peer.ArchivalMutatorSetFrame;
import proteus.domain.peer.ByteSequence;
import proteus.domain.peer.FrameLimits;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

final class FrameCollectorTest {

    private static final byte[] BYE = hex("13");
    private static final byte[] REQUEST_HEIGHT_1 = hex("04 01");

    private final InboundBudget budget = new InboundBudget(1 << 30);
    private final FakeLink link = new FakeLink();
    private final Deque<InboundFrame> frames = new ArrayDeque<>();
    private final List<FrameFault> faults = new ArrayList<>();
    private final FrameCollector collector =
            new FrameCollector(link, FrameEncoding.BINCODE, budget, frames::add, faults::add);
    private final List<AtomicInteger> releases = new ArrayList<>();

    @AfterEach
    void everythingIsReleased() {
        collector.ended();
        frames.forEach(InboundFrame::close);
        assertThat(releases).allSatisfy(count -> assertThat(count).hasValue(1));
        assertThat(budget.waiting()).isZero();
        assertThat(budget.reserved()).isZero();
        assertThat(link.clock.waiting()).isZero();
        assertThat(link.clock.failures()).isZero();
    }

    private void arrive(byte[] bytes) {
        arrive(ByteBuffer.wrap(bytes));
    }

    private void arrive(ByteBuffer bytes) {
        if (!bytes.hasRemaining()) {
            return;
        }
        AtomicInteger released = new AtomicInteger();
        releases.add(released);
        collector.received(bytes, released::incrementAndGet);
        collector.readIfWanted();
        link.runTasks();
    }

    private Optional<PeerMessage> nextMessage() throws MalformedMessageException {
        InboundFrame frame = frames.poll();
        if (frame == null) {
            return Optional.empty();
        }
        try (frame) {
            return Optional.of(frame.decode());
        }
    }

    private void established() {
        collector.endHandshake();
    }

    @Test
    void aFrameThatComesByteByByteIsWhole() throws MalformedMessageException {
        established();
        collector.request();

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
                collector.request();
                collector.request();
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
        collector.request();

        arrive(joined(frame(BYE), frame(REQUEST_HEIGHT_1)));

        assertThat(nextMessage()).contains(new PeerMessage.Bye());
        assertThat(nextMessage()).isEmpty();
        collector.request();
        assertThat(nextMessage()).contains(height(1));
    }

    @Test
    void nothingIsReadWithoutARequest() {
        established();
        assertThat(link.reads()).isZero();

        collector.request();
        assertThat(link.reads()).isEqualTo(1);

        arrive(frame(BYE));
        frames.remove().close();
        assertThat(link.reads()).isEqualTo(1);
    }

    @Test
    void readingGoesOnWithinAFrame() {
        established();
        collector.request();

        arrive(announced(2, (byte) 4));

        assertThat(link.reads()).isEqualTo(2);
    }

    /** neptune-core 0.19.4 applies the kind's limit as soon as the kind is known, and punishes with −200. */
    @ParameterizedTest
    @EnumSource(PeerMessageKind.class)
    void aFrameOverTheLimitOfItsKindIsRefusedFromItsFirstBytes(PeerMessageKind kind) {
        established();
        collector.request();
        long tooMuch = FrameLimits.bincode(kind) + 1L;

        arrive(announced(tooMuch, (byte) kind.index()));

        assertThat(faults).containsExactly(new FrameFault.Oversized(kind, tooMuch));
        assertThat(budget.reserved()).isZero();
    }

    @ParameterizedTest
    @EnumSource(PeerMessageKind.class)
    void aFrameOfExactlyItsLimitIsReserved(PeerMessageKind kind) {
        established();
        collector.request();

        arrive(announced(FrameLimits.bincode(kind), (byte) kind.index()));

        assertThat(faults).isEmpty();
        assertThat(budget.reserved()).isEqualTo(FrameLimits.bincode(kind));
    }

    @ParameterizedTest
    @EnumSource(PeerMessageKind.class)
    void duringTheHandshakeNoKindMayBeLongerThan64KiB(PeerMessageKind kind) {
        collector.request();

        arrive(announced(65_537, (byte) kind.index()));

        assertThat(faults).containsExactly(new FrameFault.Oversized(kind, 65_537));
    }

    @Test
    void aHandshakeTakesNothingFromTheBudget() {
        collector.request();

        arrive(announced(65_536, (byte) 0));

        assertThat(faults).isEmpty();
        assertThat(budget.reserved()).isZero();
    }

    /** neptune-core 0.19.4 refuses an unknown kind only when min(N, 64) payload bytes are there. */
    @Test
    void anUnknownKindIsRefusedAtSixtyFourBytesAndNotBefore() {
        established();
        collector.request();

        arrive(announced(1000, padded(63, (byte) 33)));
        assertThat(faults).isEmpty();
        arrive(new byte[1]);

        assertThat(faults).containsExactly(new FrameFault.UnknownKind());
    }

    @Test
    void aShortFrameOfUnknownKindIsRefusedWhenItIsWhole() {
        established();
        collector.request();

        arrive(announced(3, (byte) 33, (byte) 0));
        assertThat(faults).isEmpty();
        arrive(new byte[1]);

        assertThat(faults).containsExactly(new FrameFault.UnknownKind());
    }

    @Test
    void anEmptyFrameIsOfUnknownKind() {
        established();
        collector.request();

        arrive(frame());

        assertThat(faults).containsExactly(new FrameFault.UnknownKind());
    }

    /** neptune-core 0.19.4 reads {@code GET } as a length and waits for 64 bytes of payload. */
    @Test
    void anHttpRequestIsOfUnknownKindOnceLongEnough() {
        collector.request();

        arrive("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(faults).isEmpty();
        arrive("and forty more bytes, so that there are 64 of them.".getBytes(StandardCharsets.US_ASCII));

        assertThat(faults).containsExactly(new FrameFault.UnknownKind());
    }

    @Test
    void aLengthAloneIsWaitedFor() {
        collector.request();

        arrive(hex("FFFFFFFF"));

        assertThat(faults).isEmpty();
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void afterAFaultNothingMoreIsReadOrPassedOn() {
        established();
        collector.request();
        arrive(frame());
        int before = link.reads();

        collector.request();
        arrive(frame(BYE));

        assertThat(link.reads()).isEqualTo(before);
        assertThat(frames).isEmpty();
        assertThat(faults).hasSize(1);
    }

    @Test
    void theReservationLastsUntilTheFrameIsClosed() {
        established();
        collector.request();
        arrive(frame(padded(5000, (byte) 31)));
        InboundFrame frame = frames.remove();
        assertThat(budget.reserved()).isEqualTo(5000);

        frame.close();
        frame.close();

        assertThat(budget.reserved()).isZero();
    }

    @Test
    void aLongFrameOfManyPiecesIsWhole() throws MalformedMessageException {
        established();
        collector.request();
        byte[] content = new byte[300_000];
        for (int at = 0; at < content.length; at++) {
            content[at] = (byte) (at * 31);
        }
        PeerMessage message = new PeerMessage.ArchivalMutatorSet(
                new ArchivalMutatorSetFrame(Digest.ZERO, content.length, 0, ByteSequence.of(content)));
        byte[] payload = PeerMessageCodec.encode(message);
        byte[] bytes = frame(payload);

        for (int at = 0; at < bytes.length; at += 7001) {
            arrive(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 7001)));
        }

        InboundFrame frame = frames.element();
        assertThat(frame.kind()).isEqualTo(PeerMessageKind.ARCHIVAL_MUTATOR_SET);
        assertThat(frame.size()).isEqualTo(payload.length);
        assertThat(nextMessage()).contains(message);
    }

    @Test
    void whatWaitsStaysWhereItIsUntilItIsAskedFor() throws MalformedMessageException {
        established();
        arrive(joined(frame(BYE), frame(REQUEST_HEIGHT_1)));
        collector.request();
        assertThat(releases.getFirst()).hasValue(0);

        collector.request();

        assertThat(releases.getFirst()).hasValue(1);
        assertThat(nextMessage()).contains(new PeerMessage.Bye());
        assertThat(nextMessage()).contains(height(1));
        assertThat(link.reads()).isZero();
    }

    @Test
    void whereBytesLieAndHowTheyAreOrderedMakesNoDifference() throws MalformedMessageException {
        established();
        collector.request();
        byte[] bytes = frame(REQUEST_HEIGHT_1);

        arrive(ByteBuffer.allocateDirect(100)
                .position(7)
                .put(bytes)
                .limit(7 + bytes.length)
                .position(7)
                .order(ByteOrder.LITTLE_ENDIAN));

        assertThat(nextMessage()).contains(height(1));
    }

    @Test
    void withoutRoomInTheBudgetReadingStopsAndGoesOnWhenThereIsRoom() throws MalformedMessageException {
        established();
        Reservation others = budget.reserve(1 << 30, _ -> {}).orElseThrow();
        collector.request();
        arrive(frame(REQUEST_HEIGHT_1));
        int before = link.reads();
        assertThat(nextMessage()).isEmpty();
        assertThat(budget.waiting()).isEqualTo(1);

        others.close();
        link.runTasks();

        assertThat(nextMessage()).contains(height(1));
        assertThat(link.reads()).isEqualTo(before);
    }

    @Test
    void roomThatAnotherThreadMakesIsTakenOnTheLoop() throws Exception {
        established();
        Reservation others = budget.reserve(1 << 30, _ -> {}).orElseThrow();
        collector.request();
        arrive(frame(REQUEST_HEIGHT_1));

        Thread other = Thread.ofVirtual().start(others::close);
        other.join();

        assertThat(frames).isEmpty();
        link.runTasks();
        assertThat(nextMessage()).contains(height(1));
    }

    @Test
    void roomThatComesTooLateIsGivenBack() {
        established();
        Reservation others = budget.reserve(1 << 30, _ -> {}).orElseThrow();
        collector.request();
        arrive(frame(REQUEST_HEIGHT_1));
        others.close();

        collector.ended();
        link.runTasks();

        assertThat(frames).isEmpty();
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void roomThatComesAfterTheLoopHasEndedIsGivenBack() {
        established();
        Reservation others = budget.reserve(1 << 30, _ -> {}).orElseThrow();
        collector.request();
        arrive(frame(REQUEST_HEIGHT_1));
        link.endLoop();

        others.close();

        assertThat(budget.reserved()).isZero();
    }

    @Test
    void whoWaitsTooLongForRoomIsGivenUp() {
        established();
        Reservation others = budget.reserve(1 << 30, _ -> {}).orElseThrow();
        collector.request();
        arrive(frame(REQUEST_HEIGHT_1));

        pass(FrameDeadline.BUDGET_PATIENCE.toSeconds() - 1);
        assertThat(faults).isEmpty();
        pass(2);

        assertThat(faults).singleElement().isInstanceOf(FrameFault.Starved.class);
        assertThat(budget.waiting()).isZero();
        others.close();
    }

    @Test
    void whoGoesAwayWhileWaitingLeavesTheQueue() {
        established();
        Reservation others = budget.reserve(1 << 30, _ -> {}).orElseThrow();
        collector.request();
        arrive(frame(REQUEST_HEIGHT_1));

        collector.ended();

        assertThat(budget.waiting()).isZero();
        others.close();
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void aFrameLargerThanTheWholeBudgetIsGivenUpAtOnce() {
        InboundBudget small = new InboundBudget(100);
        FrameCollector tight = new FrameCollector(link, FrameEncoding.BINCODE, small, frames::add, faults::add);
        AtomicInteger released = new AtomicInteger();
        releases.add(released);
        tight.endHandshake();
        tight.request();

        tight.received(ByteBuffer.wrap(announced(101, (byte) 31)), released::incrementAndGet);

        assertThat(faults).singleElement().isInstanceOf(FrameFault.Starved.class);
        assertThat(released).hasValue(1);
    }

    /** neptune-core has no such deadline after the handshake; there a half frame may stay for ever. */
    @Test
    void aFrameThatStopsComingIsGivenUp() {
        established();
        collector.request();
        arrive(announced(65_536 * 10, (byte) 31));

        pass(FrameDeadline.FRAME_PATIENCE.toSeconds() + 9);
        assertThat(faults).isEmpty();
        pass(2);

        assertThat(faults).singleElement().isInstanceOf(FrameFault.Starved.class);
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void aLengthWithoutAFrameIsGivenUpToo() {
        established();
        collector.request();
        arrive(hex("00000010"));

        pass(FrameDeadline.FRAME_PATIENCE.toSeconds() + 1);

        assertThat(faults).singleElement().isInstanceOf(FrameFault.Starved.class);
    }

    @Test
    void anIdleConnectionHasNoDeadline() {
        established();
        collector.request();
        arrive(frame(BYE));
        frames.remove().close();
        collector.request();

        pass(100_000);

        assertThat(faults).isEmpty();
    }

    @Test
    void whatIsDiscardedIsReadOnAndReleasedAtOnce() {
        established();
        collector.request();
        arrive(announced(1000, padded(500, (byte) 31)));
        int before = link.reads();

        collector.discardToEnd();
        arrive(new byte[500]);
        arrive(frame(BYE));
        collector.ended();

        assertThat(link.reads()).isEqualTo(before + 3);
        assertThat(releases).allSatisfy(count -> assertThat(count).hasValue(1));
        assertThat(budget.reserved()).isZero();
        assertThat(frames).isEmpty();
        assertThat(faults).isEmpty();
    }

    @Test
    void anEndBetweenFramesIsNoFault() {
        established();
        collector.request();
        arrive(frame(BYE));
        frames.remove().close();

        collector.ended();

        assertThat(faults).isEmpty();
    }

    @Test
    void anEndWithinAFrameIsOne() {
        established();
        collector.request();
        arrive(announced(5, (byte) 4, (byte) 0));

        collector.ended();

        assertThat(faults).containsExactly(new FrameFault.CutShort());
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void halfALengthIsWithinAFrameToo() {
        established();
        collector.request();
        arrive(new byte[2]);

        collector.ended();

        assertThat(faults).containsExactly(new FrameFault.CutShort());
    }

    private void pass(long seconds) {
        link.clock.advance(Duration.ofSeconds(seconds));
        link.runTasks();
    }

    private static PeerMessage height(int number) {
        return new PeerMessage.BlockRequestByHeight(new BlockHeight(number));
    }
}
