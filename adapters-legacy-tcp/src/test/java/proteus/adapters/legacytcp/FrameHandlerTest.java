package proteus.adapters.legacytcp;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.application.contract.FrameBytes.announced;
import static proteus.application.contract.FrameBytes.frame;
import static proteus.application.contract.FrameBytes.hex;
import static proteus.application.contract.FrameBytes.joined;
import static proteus.application.contract.FrameBytes.padded;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import proteus.application.contract.Descriptions;
import proteus.application.contract.RecordedEvents;
import proteus.application.frame.FrameChannel;
import proteus.application.frame.FrameEncoding;
import proteus.application.frame.FramedConnection;
import proteus.application.memory.InboundBudget;
import proteus.application.memory.InboundBudget.Reservation;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.Direction;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.peer.ArchivalMutatorSetFrame;
import proteus.domain.peer.ByteSequence;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** Framing in a pipeline: what is read, when, and that every buffer is released. The rules of framing have tests of their own. */
final class FrameHandlerTest {

    private static final byte[] BYE = hex("13");
    private static final byte[] REQUEST_HEIGHT_1 = hex("04 01");
    private static final PeerAddress PEER = Descriptions.loopback(9798);

    private final InboundBudget budget = new InboundBudget(1 << 30);
    private final ReadCounter reads = new ReadCounter();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final FrameChannel frames =
            new FrameChannel(new ChannelLink(channel, PEER), FrameEncoding.BINCODE, budget, 1 << 20);
    private final FramedConnection connection =
            FramedConnection.over(frames, Descriptions.of(Direction.INBOUND, PEER, 1));
    private final RecordedEvents events = new RecordedEvents();
    private final List<ByteBuf> sent = new ArrayList<>();

    FrameHandlerTest() {
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(reads, new FrameHandler(frames));
        channel.freezeTime();
        connection.open(events);
        channel.runPendingTasks();
    }

    @AfterEach
    void everyBufferIsReleased() {
        channel.finishAndReleaseAll();
        assertThat(sent).allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
        assertThat(budget.waiting()).isZero();
        assertThat(budget.reserved()).isZero();
    }

    private void request() {
        connection.request();
        channel.runPendingTasks();
    }

    private void arrive(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        ByteBuf buffer = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
        sent.add(buffer);
        channel.writeInbound(buffer);
        channel.runPendingTasks();
    }

    private void pass(long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    private static PeerMessage height(int number) {
        return new PeerMessage.BlockRequestByHeight(new BlockHeight(number));
    }

    private static ConnectionEvent closed(CloseCause cause) {
        return new ConnectionEvent.Closed(cause);
    }

    @Test
    void aFrameThatComesByteByByteIsWhole() {
        request();

        for (byte single : frame(REQUEST_HEIGHT_1)) {
            assertThat(events.messages()).isEmpty();
            arrive(new byte[] {single});
        }

        assertThat(events.messages()).containsExactly(height(1));
    }

    @Test
    void twoFramesCutAnywhereAreTwoFrames() {
        byte[] bytes = joined(frame(REQUEST_HEIGHT_1), frame(BYE));
        List<PeerMessage> expected = new ArrayList<>();

        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                request();
                request();
                arrive(Arrays.copyOfRange(bytes, 0, first));
                arrive(Arrays.copyOfRange(bytes, first, second));
                arrive(Arrays.copyOfRange(bytes, second, bytes.length));

                expected.addAll(List.of(height(1), new PeerMessage.Bye()));
                assertThat(events.messages()).isEqualTo(expected);
            }
        }
    }

    @Test
    void aLongFrameOfManyPiecesIsWhole() {
        byte[] content = padded(300_000, (byte) 31);
        content[299_999] = 42;
        PeerMessage message = new PeerMessage.ArchivalMutatorSet(
                new ArchivalMutatorSetFrame(Digest.ZERO, content.length, 0, ByteSequence.of(content)));
        byte[] bytes = frame(FrameEncoding.BINCODE.encode(message));
        request();

        for (int at = 0; at < bytes.length; at += 7001) {
            arrive(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 7001)));
        }

        assertThat(events.messages()).containsExactly(message);
    }

    @Test
    void eachRequestGivesOneFrameAndTheRestWaits() {
        request();

        arrive(joined(frame(BYE), frame(REQUEST_HEIGHT_1)));

        assertThat(events.messages()).containsExactly(new PeerMessage.Bye());
        request();
        assertThat(events.messages()).containsExactly(new PeerMessage.Bye(), height(1));
    }

    @Test
    void nothingIsReadWithoutARequest() {
        assertThat(reads.count).isZero();

        request();
        assertThat(reads.count).isEqualTo(1);

        arrive(frame(BYE));
        assertThat(reads.count).isEqualTo(1);
    }

    @Test
    void readingGoesOnWithinAFrame() {
        request();

        arrive(announced(2, (byte) 4));

        assertThat(reads.count).isEqualTo(2);
    }

    @Test
    void afterAFaultNothingMoreIsReadOrPassedOnAndTheSocketIsClosed() {
        request();
        arrive(frame());
        int before = reads.count;

        request();
        ByteBuf late = Unpooled.copiedBuffer(frame(BYE));
        sent.add(late);
        channel.pipeline().fireChannelRead(late);
        channel.pipeline().fireChannelReadComplete();

        assertThat(reads.count).isEqualTo(before);
        assertThat(channel.isOpen()).isFalse();
        assertThat(events.messages()).isEmpty();
        assertThat(events.others()).containsExactly(new ConnectionEvent.FrameUnknown(), closed(CloseCause.PROTOCOL));
    }

    @Test
    void withoutRoomInTheBudgetReadingStopsAndGoesOnWhenThereIsRoom() {
        Reservation others = budget.reserve(1 << 30, _ -> {}).orElseThrow();
        request();
        arrive(frame(REQUEST_HEIGHT_1));
        int before = reads.count;
        assertThat(events.messages()).isEmpty();
        assertThat(budget.waiting()).isEqualTo(1);

        others.close();
        channel.runPendingTasks();

        assertThat(events.messages()).containsExactly(height(1));
        assertThat(reads.count).isEqualTo(before);
    }

    @Test
    void whoWaitsTooLongForRoomIsGivenUp() {
        Reservation others = budget.reserve(1 << 30, _ -> {}).orElseThrow();
        request();
        arrive(frame(REQUEST_HEIGHT_1));

        pass(29);
        assertThat(channel.isOpen()).isTrue();
        pass(2);

        assertThat(events.others()).containsExactly(closed(CloseCause.STARVED));
        assertThat(budget.waiting()).isZero();
        others.close();
    }

    @Test
    void whoGoesAwayWhileWaitingLeavesTheQueue() {
        Reservation others = budget.reserve(1 << 30, _ -> {}).orElseThrow();
        request();
        arrive(frame(REQUEST_HEIGHT_1));

        channel.close();

        assertThat(budget.waiting()).isZero();
        others.close();
    }

    @Test
    void aFrameThatStopsComingIsGivenUp() {
        request();
        arrive(announced(65_536 * 10, (byte) PeerMessageKind.ARCHIVAL_MUTATOR_SET.index()));

        pass(69);
        assertThat(channel.isOpen()).isTrue();
        pass(2);

        assertThat(events.others()).containsExactly(closed(CloseCause.STARVED));
    }

    @Test
    void anIdleConnectionHasNoDeadline() {
        request();
        arrive(frame(BYE));
        request();

        pass(100_000);

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void anEndBetweenFramesIsThePeersDoing() {
        request();
        arrive(frame(BYE));

        channel.close();

        assertThat(events.others()).containsExactly(closed(CloseCause.REMOTE));
    }

    @Test
    void anEndWithinAFrameIsALoss() {
        request();
        arrive(announced(5, (byte) 4, (byte) 0));

        channel.close();

        assertThat(events.others()).containsExactly(closed(CloseCause.LOST));
    }

    @Test
    void whatIsCaughtBreaksTheConnection() {
        channel.pipeline().fireExceptionCaught(new IOException("reset"));

        assertThat(channel.isOpen()).isFalse();
        assertThat(events.others()).containsExactly(closed(CloseCause.LOST));
    }

    @Test
    void aHandlerThatIsTakenOutIsAnEndToo() {
        request();
        arrive(announced(2, (byte) 4));

        channel.pipeline().remove(FrameHandler.class);

        assertThat(events.others()).containsExactly(closed(CloseCause.LOST));
        assertThat(budget.reserved()).isZero();
    }

    /** A socket can, see the contract of connections. */
    @Test
    void aGentleCloseOfWhatCannotEndItsOutputAloneEndsBothDirections() {
        connection.close();
        channel.runPendingTasks();

        assertThat(channel.isOpen()).isFalse();
        assertThat(events.others()).containsExactly(closed(CloseCause.LOCAL));
    }

    private static final class ReadCounter extends ChannelOutboundHandlerAdapter {
        private int count;

        @Override
        public void read(ChannelHandlerContext ctx) {
            count++;
            ctx.read();
        }
    }
}
