package proteus.application.contract;

import proteus.application.port.Direction;

final class InMemoryPeerConnectionTest extends PeerConnectionContract {

    @Override
    protected ConnectedPair connect(int outboundBytes) {
        return InMemoryPeerConnection.pair(
                Descriptions.of(Direction.OUTBOUND, Descriptions.loopback(2), 2),
                Descriptions.of(Direction.INBOUND, Descriptions.loopback(1), 1),
                outboundBytes);
    }
}
