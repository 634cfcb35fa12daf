package proteus.application.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static proteus.application.contract.FrameBytes.announced;
import static proteus.application.contract.FrameBytes.frame;
import static proteus.application.contract.FrameBytes.hex;
import static proteus.application.contract.FrameBytes.joined;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import proteus.application.contract.Descriptions;
import proteus.application.contract.RecordedEvents;
import proteus.application.memory.InboundBudget;
import proteus.application.memory.InboundBudget.Reservation;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.Direction;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.peer.ArchivalMutatorSetFrame;
import proteus.domain.peer.ByteSequence;
import proteus.domain.peer.FrameLimits;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** What a session hears of its connection, in which order, whatever happens to the link. */
final class FramedConnectionTest {

    private final FakeLink link = new FakeLink();
    private final InboundBudget budget = new InboundBudget(1 << 30);
    private final FrameChannel channel = new FrameChannel(link, FrameEncoding.BINCODE, budget, 1 << 20);
    private final FramedConnection connection =
            FramedConnection.over(channel, Descriptions.of(Direction.OUTBOUND, link.peer(), 1));
    private final RecordedEvents events = new RecordedEvents();

    private void open() {
        connection.open(events);
        connection.request();
        link.runTasks();
    }

    private void arrive(byte[] bytes) {
        channel.received(ByteBuffer.wrap(bytes), () -> {});
        channel.readDone();
        link.runTasks();
    }

    /** What the link's owner does when the link has been closed. */
    private void end() {
        assertThat(link.isActive()).isFalse();
        channel.ended();
    }

    private static ConnectionEvent closed(CloseCause cause) {
        return new ConnectionEvent.Closed(cause);
    }

    @Test
    void aFrameAboveTheLimitOfItsKindEndsTheConnection() {
        open();

        arrive(announced(65_537, (byte) PeerMessageKind.BYE.index()));
        end();

        assertThat(events.others())
                .containsExactly(
                        new ConnectionEvent.FrameOversized(PeerMessageKind.BYE, 65_537), closed(CloseCause.PROTOCOL));
    }

    @Test
    void aFrameOfNoKnownKindEndsTheConnection() {
        open();

        arrive(frame(hex("21")));
        end();

        assertThat(events.others()).containsExactly(new ConnectionEvent.FrameUnknown(), closed(CloseCause.PROTOCOL));
    }

    @Test
    void whoWaitsForRoomInVainIsClosedAsStarved() {
        Reservation others = budget.reserve(1 << 30, _ -> {}).orElseThrow();
        open();
        arrive(frame(hex("13")));

        link.clock.advance(FrameDeadline.BUDGET_PATIENCE);
        end();

        assertThat(events.others()).containsExactly(closed(CloseCause.STARVED));
        others.close();
    }

    @Test
    void anEndWithinAFrameIsALostConnection() {
        open();
        arrive(hex("0000"));

        channel.ended();

        assertThat(events.others()).containsExactly(closed(CloseCause.LOST));
    }

    @Test
    void aBrokenLinkIsALostConnection() {
        open();

        channel.broken(new IOException("reset"));
        end();

        assertThat(events.others()).containsExactly(closed(CloseCause.LOST));
    }

    @Test
    void anEndBetweenFramesIsThePeersDoing() {
        open();

        channel.ended();
        channel.ended();

        assertThat(events.others()).containsExactly(closed(CloseCause.REMOTE));
    }

    @Test
    void onlyTheFirstReasonCounts() {
        open();
        connection.close();
        link.runTasks();

        channel.broken(new IOException("reset"));
        end();

        assertThat(events.others()).containsExactly(closed(CloseCause.LOCAL));
    }

    @Test
    void anEndBeforeTheOpenIsToldThen() {
        link.runTasks();
        channel.broken(new IOException("reset"));
        end();

        connection.open(events);
        link.runTasks();

        assertThat(events.others()).containsExactly(closed(CloseCause.LOST));
    }

    @Test
    void anEndBeforeItBecameAConnectionIsToldToo() {
        channel.ended();

        open();

        assertThat(events.others()).containsExactly(closed(CloseCause.REMOTE));
    }

    @Test
    void aLoopThatHasEndedTellsOnTheCallersThread() {
        link.runTasks();
        link.close();
        end();
        link.endLoop();

        connection.open(events);

        assertThat(events.others()).containsExactly(closed(CloseCause.REMOTE));
    }

    /** What a handshake read beyond its own end. */
    @Test
    void whatCameBeforeItWasAConnectionIsNotLost() {
        channel.received(ByteBuffer.wrap(joined(frame(hex("0401")), frame(hex("13")))), () -> {});

        open();
        connection.request();
        link.runTasks();

        assertThat(events.messages())
                .containsExactly(new PeerMessage.BlockRequestByHeight(new BlockHeight(1)), new PeerMessage.Bye());
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void aSessionThatFailsOnAFrameLosesItsConnectionAndNoMemory() {
        List<ConnectionEvent> seen = new ArrayList<>();
        connection.open(event -> {
            seen.add(event);
            if (event instanceof ConnectionEvent.FrameArrived) {
                throw new IllegalStateException("a broken session");
            }
        });
        connection.request();
        connection.request();
        link.runTasks();

        arrive(joined(frame(hex("13")), frame(hex("13"))));
        end();

        assertThat(seen).hasSize(2).endsWith(closed(CloseCause.LOCAL));
        assertThat(budget.reserved()).isZero();
    }

    @Test
    void whatComesAfterTheCloseIsDropped() {
        open();
        connection.close();
        link.runTasks();

        arrive(frame(hex("13")));

        assertThat(events.messages()).isEmpty();
        assertThat(budget.reserved()).isZero();
        assertThat(connection.traffic().framesIn()).isZero();
    }

    @Test
    void aPeerThatNeverReadsIsClosedAndWhatItSendsThenIsDropped() throws Exception {
        open();
        link.getStuck();
        connection.send(bulky(1 << 20));

        assertThatThrownBy(() -> connection.send(new PeerMessage.Bye())).isInstanceOf(ConnectionClosedException.class);
        link.runTasks();
        arrive(frame(hex("13")));
        end();

        assertThat(events.messages()).isEmpty();
        assertThat(budget.reserved()).isZero();
        assertThat(events.others()).containsExactly(closed(CloseCause.OUTBOUND_FULL));
        assertThat(connection.traffic().framesOut()).isEqualTo(1);
    }

    @Test
    void aMessageLongerThanItsKindAllowsIsTheCallersMistake() {
        int tooMuch = FrameLimits.bincode(PeerMessageKind.ARCHIVAL_MUTATOR_SET) + 1;
        PeerMessage message = bulky(tooMuch);

        assertThatThrownBy(() -> connection.send(message)).isInstanceOf(IllegalArgumentException.class);
    }

    private static PeerMessage bulky(int bytes) {
        return new PeerMessage.ArchivalMutatorSet(
                new ArchivalMutatorSetFrame(Digest.ZERO, bytes, 0, ByteSequence.of(new byte[bytes])));
    }
}
