package proteus.application.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import proteus.application.port.ConnectionEvent;
import proteus.application.port.ConnectionEvent.CloseCause;
import proteus.application.port.Direction;
import proteus.domain.peer.FrameLimits;
import proteus.domain.peer.PeerMessage;
import proteus.domain.peer.PeerMessageKind;

final class InMemoryPeerConnectionTest extends PeerConnectionContract {

    @Override
    protected ConnectedPair connect(int outboundBytes) {
        return InMemoryPeerConnection.pair(
                Descriptions.of(Direction.OUTBOUND, Descriptions.loopback(2), 2),
                Descriptions.of(Direction.INBOUND, Descriptions.loopback(1), 1),
                outboundBytes);
    }

    private ConnectedPair opened(RecordedEvents near) {
        ConnectedPair pair = connect(1 << 20);
        pair.near().open(near);
        pair.near().request();
        return pair;
    }

    private static void sendFrame(ConnectedPair pair, byte... payload) throws Exception {
        ((InMemoryPeerConnection) pair.far()).sendFrame(payload);
    }

    @Test
    void aFrameOfNoKnownKindEndsTheConnection() throws Exception {
        RecordedEvents near = new RecordedEvents();
        ConnectedPair pair = opened(near);

        sendFrame(pair, (byte) 200, (byte) 1);

        assertThat(near.awaitClosed().cause()).isEqualTo(CloseCause.PROTOCOL);
        assertThat(near.others()).startsWith(new ConnectionEvent.FrameUnknown());
    }

    @Test
    void anEmptyFrameEndsTheConnection() throws Exception {
        RecordedEvents near = new RecordedEvents();
        ConnectedPair pair = opened(near);

        sendFrame(pair);

        assertThat(near.awaitClosed().cause()).isEqualTo(CloseCause.PROTOCOL);
        assertThat(near.others()).startsWith(new ConnectionEvent.FrameUnknown());
    }

    @Test
    void aFrameAboveTheLimitOfItsKindEndsTheConnection() throws Exception {
        RecordedEvents near = new RecordedEvents();
        ConnectedPair pair = opened(near);
        byte[] payload = new byte[FrameLimits.bincode(PeerMessageKind.BYE) + 1];
        payload[0] = (byte) PeerMessageKind.BYE.index();

        sendFrame(pair, payload);

        assertThat(near.awaitClosed().cause()).isEqualTo(CloseCause.PROTOCOL);
        assertThat(near.others()).startsWith(new ConnectionEvent.FrameOversized(PeerMessageKind.BYE, payload.length));
    }

    @Test
    void aSessionThatFailsOnAnEventLosesItsConnection() throws Exception {
        ConnectedPair pair = connect(1 << 20);
        CompletableFuture<ConnectionEvent> closed = new CompletableFuture<>();
        pair.near().open(event -> {
            if (event instanceof ConnectionEvent.FrameArrived) {
                throw new IllegalStateException("a broken session");
            }
            closed.complete(event);
        });
        pair.near().request();

        pair.far().send(new PeerMessage.PeerListRequest());

        assertThat(closed.get(20, TimeUnit.SECONDS)).isEqualTo(new ConnectionEvent.Closed(CloseCause.LOCAL));
    }
}
