package proteus.adapters.libp2p.gateway;

import java.time.Instant;
import java.util.Optional;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.application.frame.FrameChannel;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;

/** What the gateways of a transport share, and ask of it. */
interface GatewayMeans {

    GatewaySettings settings();

    SessionProtocols protocols();

    PeerId ownId();

    Instant now();

    /** Frames over a stream whose handshake is done. */
    FrameChannel frames(Stream stream, SessionProtocol protocol, PeerEndpoint peer);

    /** Takes over a connection that has passed, and tells {@code gate}; closes it if that cannot be, and says why. */
    Optional<Cause> handOver(GatewayConnection connection, PeerGate gate);
}
