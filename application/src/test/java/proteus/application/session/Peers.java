package proteus.application.session;

import proteus.application.contract.Descriptions;
import proteus.application.contract.ManualScheduler;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection.Description;
import proteus.domain.block.BlockHeader;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/** Peers as their sessions are told of them. */
final class Peers {

    private static final PeerAddress ADDRESS = Descriptions.loopback(4000);

    private Peers() {}

    /** An inbound legacy peer at genesis. */
    static Description ofVersion(String version) {
        return of(Carrier.LEGACY_TCP, Direction.INBOUND, version, Descriptions.header(0));
    }

    static Description of(Carrier carrier, Direction direction, String version, BlockHeader tip) {
        HandshakeData template = Descriptions.handshake(7);
        HandshakeData handshake = new HandshakeData(
                tip,
                template.listenPort(),
                template.network(),
                template.instanceId(),
                version,
                template.isArchivalNode(),
                template.isBootstrapperNode(),
                template.timestamp(),
                template.extraData());
        return new Description(
                carrier,
                direction,
                ADDRESS,
                PeerId.ofLegacy(ADDRESS),
                handshake,
                ManualScheduler.START,
                ManualScheduler.START);
    }
}
