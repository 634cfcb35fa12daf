package proteus.application.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.port.ConnectionClosedException;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.Direction;
import proteus.application.port.InboundFrame;
import proteus.application.port.PeerConnection;
import proteus.application.wire.PeerMessageCodec;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.peer.ArchivalMutatorSetFrame;
import proteus.domain.peer.ByteSequence;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

/** What every {@link PeerConnection} does. A new stack is done when its subclass of this passes. */
@Timeout(60)
public abstract class PeerConnectionContract {

    private final List<PeerConnection> open = new ArrayList<>();

    /**
     * Two ends of one fresh connection; neither is open yet. The near end dialled.
     *
     * @param outboundBytes the bound of each end's outbound queue, in bytes
     */
    protected abstract ConnectedPair connect(int outboundBytes) throws Exception;

    /** How many bytes a message has in the form that the connection writes it in: bincode, unless said otherwise. */
    protected int bytesOf(PeerMessage message) {
        return PeerMessageCodec.encode(message).length;
    }

    private ConnectedPair connected(int outboundBytes) throws Exception {
        ConnectedPair pair = connect(outboundBytes);
        open.add(pair.near());
        open.add(pair.far());
        return pair;
    }

    @AfterEach
    void closeAll() {
        open.forEach(PeerConnection::close);
    }

    private static PeerMessage numbered(int number) {
        return new PeerMessage.BlockRequestByHeight(new BlockHeight(number));
    }

    private static PeerMessage bulky(int bytes) {
        return new PeerMessage.ArchivalMutatorSet(
                new ArchivalMutatorSetFrame(Digest.ZERO, bytes, 0, ByteSequence.of(new byte[bytes])));
    }

    @Test
    void messagesArriveInTheOrderTheyWereSent() throws Exception {
        ConnectedPair pair = connected(1 << 20);
        RecordedEvents far = new RecordedEvents();
        pair.far().open(far);
        List<PeerMessage> sent = new ArrayList<>();

        for (int i = 0; i < 100; i++) {
            sent.add(numbered(i));
            pair.near().send(numbered(i));
            pair.far().request();
        }

        assertThat(far.awaitMessages(100)).isEqualTo(sent);
    }

    @Test
    void bothDirectionsWorkAtOnce() throws Exception {
        ConnectedPair pair = connected(1 << 20);
        RecordedEvents near = new RecordedEvents();
        RecordedEvents far = new RecordedEvents();
        pair.near().open(near);
        pair.far().open(far);
        pair.near().request();
        pair.far().request();

        pair.near().send(numbered(1));
        pair.far().send(numbered(2));

        assertThat(near.awaitMessages(1)).containsExactly(numbered(2));
        assertThat(far.awaitMessages(1)).containsExactly(numbered(1));
    }

    @Test
    void eachRequestGrantsOneFrameAndNoMore() throws Exception {
        ConnectedPair pair = connected(1 << 20);
        RecordedEvents far = new RecordedEvents();
        pair.far().open(far);
        for (int i = 0; i < 5; i++) {
            pair.near().send(numbered(i));
        }

        pair.far().request();
        pair.far().request();
        far.awaitMessages(2);
        // The other direction passes a message after those five: had a third been delivered, it would be here by now.
        RecordedEvents near = new RecordedEvents();
        pair.near().open(near);
        pair.near().request();
        pair.far().send(numbered(99));
        near.awaitMessages(1);

        assertThat(far.messages()).containsExactly(numbered(0), numbered(1));

        pair.far().request();
        assertThat(far.awaitMessages(3)).hasSize(3);
    }

    @Test
    void whatCameBeforeItWasOpenedIsNotLost() throws Exception {
        ConnectedPair pair = connected(1 << 20);
        pair.near().send(numbered(7));

        RecordedEvents far = new RecordedEvents();
        pair.far().open(far);
        pair.far().request();

        assertThat(far.awaitMessages(1)).containsExactly(numbered(7));
    }

    @Test
    void aBigMessageArrivesWhole() throws Exception {
        ConnectedPair pair = connected(1 << 20);
        RecordedEvents far = new RecordedEvents();
        pair.far().open(far);
        pair.far().request();

        // Larger than the queue's bound: it may go while the queue is empty.
        pair.near().send(bulky(3 << 20));

        assertThat(far.awaitMessages(1)).containsExactly(bulky(3 << 20));
    }

    @Test
    void whatWasQueuedBeforeTheCloseStillArrives() throws Exception {
        ConnectedPair pair = connected(1 << 20);
        RecordedEvents far = new RecordedEvents();
        pair.far().open(far);

        pair.near().send(numbered(1));
        pair.near().send(new PeerMessage.Bye());
        pair.near().close();
        for (int i = 0; i < 3; i++) {
            pair.far().request();
        }

        assertThat(far.awaitMessages(2)).containsExactly(numbered(1), new PeerMessage.Bye());
        assertThat(far.awaitClosed().cause()).isEqualTo(CloseCause.REMOTE);
    }

    @Test
    void bothEndsHearOfTheCloseOnceAndLast() throws Exception {
        ConnectedPair pair = connected(1 << 20);
        RecordedEvents near = new RecordedEvents();
        RecordedEvents far = new RecordedEvents();
        pair.near().open(near);
        pair.far().open(far);
        pair.near().request();
        pair.far().request();

        pair.near().close();
        pair.near().close();

        assertThat(near.awaitClosed().cause()).isEqualTo(CloseCause.LOCAL);
        assertThat(far.awaitClosed().cause()).isEqualTo(CloseCause.REMOTE);
        assertThat(near.others()).hasSize(1);
        assertThat(far.others()).hasSize(1);
    }

    @Test
    void aCloseBeforeTheOpenIsToldToo() throws Exception {
        ConnectedPair pair = connected(1 << 20);
        pair.near().close();

        RecordedEvents near = new RecordedEvents();
        pair.near().open(near);

        assertThat(near.awaitClosed().cause()).isEqualTo(CloseCause.LOCAL);
    }

    @Test
    void nothingCanBeSentAfterTheClose() throws Exception {
        ConnectedPair pair = connected(1 << 20);
        RecordedEvents near = new RecordedEvents();
        pair.near().open(near);
        pair.near().close();
        near.awaitClosed();

        assertThatThrownBy(() -> pair.near().send(numbered(1))).isInstanceOf(ConnectionClosedException.class);
    }

    @Test
    void aFullQueueClosesTheConnectionAndBlocksNobody() throws Exception {
        ConnectedPair pair = connected(256 << 10);
        RecordedEvents near = new RecordedEvents();
        pair.near().open(near);
        // The far end never asks for a frame.
        PeerMessage message = bulky(60 << 10);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        pair.near().send(message);
                    }
                })
                .isInstanceOf(ConnectionClosedException.class);

        assertThat(near.awaitClosed().cause()).isEqualTo(CloseCause.OUTBOUND_FULL);
    }

    @Test
    void aConnectionIsOpenedOnce() throws Exception {
        ConnectedPair pair = connected(1 << 20);
        pair.near().open(new RecordedEvents());

        assertThatThrownBy(() -> pair.near().open(new RecordedEvents())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClosedFrameIsNotDecoded() throws Exception {
        ConnectedPair pair = connected(1 << 20);
        CompletableFuture<InboundFrame> arrived = new CompletableFuture<>();
        pair.far().open(event -> {
            if (event instanceof ConnectionEvent.FrameArrived(var frame)) {
                arrived.complete(frame);
            }
        });
        pair.far().request();
        pair.near().send(numbered(1));

        InboundFrame frame = arrived.get(20, TimeUnit.SECONDS);
        assertThat(frame.kind()).isEqualTo(PeerMessageKind.BLOCK_REQUEST_BY_HEIGHT);
        assertThat(frame.size()).isEqualTo(bytesOf(numbered(1)));
        assertThat(frame.decode()).isEqualTo(numbered(1));
        frame.close();
        frame.close();

        assertThatThrownBy(frame::decode).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void trafficIsCounted() throws Exception {
        ConnectedPair pair = connected(1 << 20);
        RecordedEvents far = new RecordedEvents();
        pair.far().open(far);
        pair.far().request();

        pair.near().send(numbered(1));
        far.awaitMessages(1);

        int bytes = bytesOf(numbered(1));
        assertThat(pair.near().traffic()).isEqualTo(new PeerConnection.Traffic(0, 0, 1, bytes));
        assertThat(pair.far().traffic()).isEqualTo(new PeerConnection.Traffic(1, bytes, 0, 0));
    }

    @Test
    void eachEndKnowsWhoTheOtherIs() throws Exception {
        ConnectedPair pair = connected(1 << 20);

        assertThat(pair.near().description().direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(pair.far().description().direction()).isEqualTo(Direction.INBOUND);
        assertThat(pair.near().description().stack())
                .isEqualTo(pair.far().description().stack());
        assertThat(pair.near().description().handshake().instanceId())
                .isNotEqualTo(pair.far().description().handshake().instanceId());
    }
}
