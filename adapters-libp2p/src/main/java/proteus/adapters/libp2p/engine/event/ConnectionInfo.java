package proteus.adapters.libp2p.engine.event;

import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.limits.Direction;
import proteus.adapters.libp2p.engine.upgrade.Role;

/**
 * What is known of an established connection.
 *
 * @param id its number, unique in this host as long as it runs, and the same in all events since the attempt began
 * @param remotePeer who the remote has proven to be
 * @param remoteAddress where the remote is, as this host sees it
 * @param localAddress where this host is, as its socket says
 * @param direction who opened it
 * @param role which side this host plays; against the direction only where a hole was punched
 * @param transport the name of the transport, such as {@code tcp} or {@code quic}
 * @param security the id of the security protocol, such as {@code /noise}
 * @param muxer the id of the multiplexer, such as {@code /yamux/1.0.0}; {@code quic} for QUIC
 */
public record ConnectionInfo(
        long id,
        PeerId remotePeer,
        String remoteAddress,
        String localAddress,
        Direction direction,
        Role role,
        String transport,
        String security,
        String muxer) {}
