package proteus.application.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.application.contract.FrameBytes.announced;
import static proteus.application.contract.FrameBytes.frame;
import static proteus.application.contract.FrameBytes.hex;
import static proteus.application.contract.FrameBytes.joined;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import proteus.application.memory.InboundBudget;
import proteus.application.port.InboundFrame;
import proteus.domain.peer.PeerMessageKind;

final class FrameChannelTest {

    private static final byte[] BYE = hex("13");

    private final FakeLink link = new FakeLink();
    private final InboundBudget budget = new InboundBudget(1 << 30);
    private final FrameChannel channel = new FrameChannel(link, FrameEncoding.BINCODE, budget, 1 << 20);
    private final Handshake handshake = new Handshake();

    private void arrive(byte[] bytes) {
        channel.received(ByteBuffer.wrap(bytes), () -> {});
        channel.readDone();
    }

    private void request() {
        channel.request();
        link.runTasks();
    }

    private void closeGently() {
        channel.closeGently();
        link.runTasks();
    }

    @Test
    void aHandshakeTakesWhatComesUntilTheChannelIsEstablished() {
        channel.shakeHands(handshake);
        request();
        arrive(frame(BYE));
        channel.establish();
        request();
        arrive(frame(BYE));

        assertThat(handshake.seen).containsExactly("frame BYE");
    }

    @Test
    void theLimitsOfTheHandshakeEndWithIt() {
        channel.shakeHands(handshake);
        request();
        arrive(frame(BYE));
        channel.establish();
        request();

        arrive(announced(65_537, (byte) PeerMessageKind.BLOCK.index()));

        assertThat(link.isActive()).isTrue();
        assertThat(budget.reserved()).isEqualTo(65_537);
    }

    @Test
    void aFaultDuringTheHandshakeIsLeftToIt() {
        channel.shakeHands(handshake);
        request();

        arrive(announced(65_537, (byte) PeerMessageKind.BLOCK.index()));

        assertThat(handshake.seen).containsExactly("Oversized[kind=BLOCK, announced=65537]");
        assertThat(link.isActive()).isTrue();
    }

    @Test
    void anEndIsToldOnceAndAfterWhatItCutShort() {
        channel.shakeHands(handshake);
        arrive(hex("0000"));

        channel.ended();
        channel.ended();

        assertThat(handshake.seen).containsExactly("CutShort[]", "ended");
    }

    @Test
    void aHandshakeOverALinkThatIsOverHearsSoAtOnce() {
        link.close();

        channel.shakeHands(handshake);
        channel.ended();

        assertThat(handshake.seen).containsExactly("ended");
    }

    @Test
    void whatTheNetworkBreaksIsClosed() {
        channel.shakeHands(handshake);

        channel.broken(new IOException("reset"));

        assertThat(handshake.seen).containsExactly("broken: reset");
        assertThat(link.isActive()).isFalse();
    }

    @Test
    void itSaysWhetherAnythingHasCome() {
        assertThat(channel.anyBytesSeen()).isFalse();

        arrive(hex("00"));

        assertThat(channel.anyBytesSeen()).isTrue();
    }

    @Test
    void aGentleCloseEndsTheOutputAndWaitsForThePeersEnd() {
        closeGently();
        assertThat(link.outputEnded()).isTrue();
        assertThat(link.isActive()).isTrue();

        channel.ended();

        assertThat(link.clock.waiting()).isZero();
    }

    @Test
    void aGentleCloseWaitsForThePeersEndOneSecond() {
        closeGently();

        link.clock.advance(FrameChannel.CLOSE_PATIENCE.minusMillis(1));
        assertThat(link.isActive()).isTrue();
        link.clock.advance(Duration.ofMillis(1));

        assertThat(link.isActive()).isFalse();
    }

    @Test
    void aGentleCloseSendsWhatIsQueuedFirst() {
        channel.outbound().offer(BYE);

        closeGently();

        assertThat(link.sent()).isEqualTo(frame(BYE));
        assertThat(link.outputEnded()).isTrue();
    }

    @Test
    void aGentleCloseWaitsForAPeerThatIsSlowToRead() {
        byte[] big = new byte[3 << 20];
        link.getStuck();
        channel.outbound().offer(big);

        closeGently();
        assertThat(link.isActive()).isTrue();
        assertThat(link.outputEnded()).isFalse();
        link.getUnstuck();
        channel.writabilityChanged();

        assertThat(link.sent()).isEqualTo(frame(big));
        assertThat(link.outputEnded()).isTrue();
    }

    @Test
    void aGentleCloseWaitsForAPeerThatDoesNotReadOneSecond() {
        link.getStuck();
        channel.outbound().offer(BYE);
        closeGently();

        link.clock.advance(FrameChannel.CLOSE_PATIENCE);

        assertThat(link.isActive()).isFalse();
        assertThat(link.outputEnded()).isFalse();
    }

    @Test
    void aGentleCloseDropsWhatStillComes() {
        channel.shakeHands(handshake);
        request();
        closeGently();
        int before = link.reads();

        arrive(joined(frame(BYE), frame(BYE)));

        assertThat(handshake.seen).isEmpty();
        assertThat(link.reads()).isEqualTo(before + 1);
    }

    @Test
    void whoClosesTwiceWaitsNoLonger() {
        closeGently();
        link.clock.advance(FrameChannel.CLOSE_PATIENCE.dividedBy(2));
        closeGently();

        link.clock.advance(FrameChannel.CLOSE_PATIENCE.dividedBy(2));

        assertThat(link.isActive()).isFalse();
        assertThat(link.clock.waiting()).isZero();
    }

    @Test
    void aGentleCloseOfALinkWhoseLoopHasEndedClosesIt() {
        link.close();
        link.endLoop();

        channel.closeGently();

        assertThat(link.closes()).isEqualTo(2);
    }

    @Test
    void aCloseWithoutMoreAdoTakesNoFrame() {
        channel.closeNow();

        assertThat(link.isActive()).isFalse();
        assertThat(channel.outbound().offer(BYE)).isEqualTo(OutboundFrames.Offer.CLOSED);
    }

    @Test
    void anEndGivesUpWhatIsQueued() {
        link.getStuck();
        channel.outbound().offer(BYE);
        CompletableFuture<Void> empty = channel.outbound().whenEmpty();

        channel.ended();

        assertThat(empty).isCompletedExceptionally();
    }

    /** Keeps what it is told. */
    private static final class Handshake implements FrameReceiver {

        private final List<String> seen = new ArrayList<>();

        @Override
        public void frame(InboundFrame frame) {
            seen.add("frame " + frame.kind());
            frame.close();
        }

        @Override
        public void fault(FrameFault fault) {
            seen.add(fault.toString());
        }

        @Override
        public void broken(Throwable failure) {
            seen.add("broken: " + failure.getMessage());
        }

        @Override
        public void ended() {
            seen.add("ended");
        }
    }
}
