package proteus.application.session;

import static org.assertj.core.api.Assertions.assertThat;

import proteus.application.contract.AssertingPeerConnection;
import proteus.application.contract.Await;
import proteus.application.contract.ConnectedPair;
import proteus.application.contract.Descriptions;
import proteus.application.contract.InMemoryPeerConnection;
import proteus.application.contract.RecordedEvents;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.domain.peer.PeerMessage;

/** A connection that is to carry on a session; its other end is in the test's hands. */
final class NextConnection implements AutoCloseable {

    final AssertingPeerConnection near;
    final InMemoryPeerConnection far;
    final RecordedEvents heard = new RecordedEvents();

    NextConnection() {
        this(Carrier.LIBP2P_TCP);
    }

    NextConnection(Carrier carrier) {
        ConnectedPair pair = InMemoryPeerConnection.pair(
                Peers.of(carrier, Direction.OUTBOUND, "0.19.4", Descriptions.header(0)),
                Descriptions.of(Direction.INBOUND, Descriptions.loopback(9798), 1),
                RunningSession.OUTBOUND_BYTES);
        near = AssertingPeerConnection.over(pair.near());
        far = (InMemoryPeerConnection) pair.far();
        far.open(heard);
        for (int i = 0; i < 2000; i++) {
            far.request();
        }
    }

    void say(PeerMessage message) throws Exception {
        far.send(message);
    }

    void awaitClosed() {
        heard.awaitClosed();
    }

    @Override
    public void close() {
        far.close();
        Await.until("the frames to be closed", () -> near.unclosedFrames().isEmpty());
        assertThat(near.violations()).isEmpty();
    }
}
