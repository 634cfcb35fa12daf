package proteus.adapters.rpc.metrics;

import java.time.Instant;
import proteus.application.contract.Descriptions;
import proteus.application.port.Direction;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerConnection;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerStanding;

/** Connected peers for a fake node. */
final class Peers {

    private Peers() {}

    /** One that this node dialled over legacy, that claims the id of another and says nothing of libp2p. */
    static ConnectedPeer ofLegacy() {
        PeerAddress address = new PeerAddress(IpAddress.of((byte) 10, (byte) 0, (byte) 0, (byte) 7), 9798);
        return new ConnectedPeer(
                Descriptions.of(Direction.OUTBOUND, address, 7),
                PeerConnection.Layers.NONE,
                true,
                PeerStanding.neutral(1000),
                PeerConnection.Traffic.NONE,
                0,
                Instant.EPOCH);
    }
}
