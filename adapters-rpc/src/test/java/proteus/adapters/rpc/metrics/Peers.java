package proteus.adapters.rpc.metrics;

import java.time.Instant;
import proteus.application.contract.Descriptions;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerConnection;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerStanding;

/** Connected peers for a fake node. */
final class Peers {

    private static final PeerAddress ADDRESS =
            new PeerAddress(IpAddress.of((byte) 10, (byte) 0, (byte) 0, (byte) 7), 9798);

    private Peers() {}

    /** One that this node dialled over legacy, that claims the id of another and says nothing of libp2p. */
    static ConnectedPeer ofLegacy() {
        return of(Descriptions.of(Direction.OUTBOUND, ADDRESS, 7));
    }

    /** A like one that calls its version this. */
    static ConnectedPeer saying(String version, long instance) {
        HandshakeData usual = Descriptions.handshake(instance);
        HandshakeData said = new HandshakeData(
                usual.tipHeader(),
                usual.listenPort(),
                usual.network(),
                usual.instanceId(),
                version,
                usual.isArchivalNode(),
                usual.isBootstrapperNode(),
                usual.timestamp(),
                usual.extraData());
        return of(new PeerConnection.Description(
                Carrier.LEGACY_TCP,
                Direction.OUTBOUND,
                ADDRESS,
                PeerId.ofLegacy(ADDRESS),
                said,
                Instant.EPOCH,
                Instant.EPOCH));
    }

    private static ConnectedPeer of(PeerConnection.Description connection) {
        return new ConnectedPeer(
                connection,
                PeerConnection.Layers.NONE,
                true,
                PeerStanding.neutral(1000),
                PeerConnection.Traffic.NONE,
                0,
                Instant.EPOCH);
    }
}
