package proteus.application.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static proteus.application.contract.FrameBytes.frame;
import static proteus.application.contract.FrameBytes.hex;
import static proteus.application.contract.FrameBytes.joined;
import static proteus.application.contract.FrameBytes.padded;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import proteus.application.frame.OutboundFrames.Offer;

final class OutboundFramesTest {

    private static final int LIMIT = 1 << 20;

    private final FakeLink link = new FakeLink();
    private final OutboundFrames queue = new OutboundFrames(link, LIMIT);

    private byte[] written() {
        link.runTasks();
        return link.sent();
    }

    @Test
    void framesGoOutInOrderWithTheirLengths() {
        byte[] big = padded(200_000, (byte) 31);
        big[199_999] = 9;
        queue.offer(hex("13"));
        queue.offer(big);
        queue.offer(hex("0401"));

        assertThat(written()).isEqualTo(joined(frame(hex("13")), frame(big), frame(hex("0401"))));
    }

    @Test
    void smallFramesShareOneWrite() {
        for (int i = 0; i < 100; i++) {
            queue.offer(hex("0401"));
        }
        link.runTasks();

        assertThat(link.writes()).isEqualTo(1);
        assertThat(link.flushes()).isEqualTo(1);
    }

    @Test
    void aQueueThatIsFullTakesNothingMore() {
        link.getStuck();

        assertThat(queue.offer(new byte[LIMIT - 200])).isEqualTo(Offer.QUEUED);
        assertThat(queue.offer(hex("13"))).isEqualTo(Offer.QUEUED);
        assertThat(queue.offer(hex("13"))).isEqualTo(Offer.QUEUED);
        assertThat(queue.offer(hex("13"))).isEqualTo(Offer.FULL);
    }

    @Test
    void smallFramesCountForWhatItTakesToHoldThem() {
        link.getStuck();
        int taken = 0;

        while (queue.offer(hex("13")) == Offer.QUEUED) {
            taken++;
        }

        assertThat(taken).isBetween(LIMIT / 100, LIMIT / 60);
    }

    @Test
    void aFrameLargerThanTheQueueMayGoAlone() {
        link.getStuck();

        assertThat(queue.offer(new byte[3 * LIMIT])).isEqualTo(Offer.QUEUED);
        assertThat(queue.offer(hex("13"))).isEqualTo(Offer.FULL);
    }

    @Test
    void whatIsWrittenMakesRoom() {
        assertThat(queue.offer(new byte[LIMIT])).isEqualTo(Offer.QUEUED);
        written();

        assertThat(queue.offer(new byte[LIMIT])).isEqualTo(Offer.QUEUED);
    }

    @Test
    void whileTheSocketIsStuckOnlyAFewSlicesLeaveTheHeap() {
        link.getStuck();
        queue.offer(new byte[20 * LIMIT]);
        link.runTasks();

        assertThat(link.heldBytes()).isLessThanOrEqualTo(3 * 131_072);
    }

    @Test
    void emptyMeansThatTheSocketTookItAll() {
        link.getStuck();
        queue.offer(hex("13"));
        CompletableFuture<Void> empty = queue.whenEmpty();
        link.runTasks();
        assertThat(empty).isNotDone();

        link.getUnstuck();

        assertThat(empty).isCompleted();
        assertThat(queue.whenEmpty()).isCompleted();
    }

    @Test
    void anEndBeforeThatIsAFailure() {
        link.getStuck();
        queue.offer(hex("13"));
        CompletableFuture<Void> empty = queue.whenEmpty();

        queue.drop();

        assertThat(empty).isCompletedExceptionally();
        assertThat(queue.offer(hex("13"))).isEqualTo(Offer.CLOSED);
    }

    @Test
    void whoRefusesMoreStillSendsWhatIsQueued() {
        queue.offer(hex("13"));
        queue.refuseMore();

        assertThat(queue.offer(hex("0401"))).isEqualTo(Offer.CLOSED);
        assertThat(written()).isEqualTo(frame(hex("13")));
    }

    @Test
    void whoRefusesMoreIsEmptyWhenTheLinkTookItAll() {
        link.getStuck();
        queue.offer(hex("13"));
        queue.refuseMore();
        CompletableFuture<Void> empty = queue.whenEmpty();
        link.runTasks();
        assertThat(empty).isNotDone();

        link.getUnstuck();

        assertThat(empty).isCompleted();
    }

    @Test
    void whatWaitsGoesOnWhenTheLinkIsWritableAgain() {
        link.getStuck();
        byte[] big = new byte[4 * LIMIT];
        big[4 * LIMIT - 1] = 9;
        queue.offer(big);
        link.runTasks();

        link.getUnstuck();
        queue.drain();

        assertThat(written()).isEqualTo(frame(big));
    }

    @Test
    void aLoopThatHasEndedTakesNothing() {
        link.endLoop();

        queue.offer(hex("13"));

        assertThat(queue.whenEmpty()).isCompletedExceptionally();
        assertThat(queue.offer(hex("13"))).isEqualTo(Offer.CLOSED);
    }

    @Test
    void aQueueWithoutRoomIsNone() {
        assertThatThrownBy(() -> new OutboundFrames(link, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
