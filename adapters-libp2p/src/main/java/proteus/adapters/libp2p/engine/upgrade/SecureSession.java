package proteus.adapters.libp2p.engine.upgrade;

import java.util.Optional;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.identity.PublicKey;

/**
 * What a finished handshake has proven and agreed on.
 *
 * @param protocol the protocol id of the handshake, such as {@code /noise}; {@code /tls/1.0.0} within QUIC
 * @param remoteKey the key that the remote has proven to hold
 * @param remotePeer its id
 * @param earlyMuxer the multiplexer that the handshake chose on the way; if there is none, multistream-select does
 */
public record SecureSession(String protocol, PublicKey remoteKey, PeerId remotePeer, Optional<String> earlyMuxer) {}
