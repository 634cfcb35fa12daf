package proteus.application.port;

import java.time.Instant;
import java.util.Optional;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/**
 * What is known of the libp2p side of a peer that takes legacy connections.
 *
 * @param legacy where it takes legacy connections, made plain if IPv4-mapped
 * @param libp2p where it was reached over libp2p and who it proved to be; empty if it turned out to have no libp2p
 * @param since when that was found out
 */
public record Counterpart(PeerAddress legacy, Optional<Reached> libp2p, Instant since) {

    public Counterpart {
        legacy = legacy.canonical();
    }

    /**
     * Where a peer answered over libp2p.
     *
     * @param address its IP and port
     * @param carrier libp2p over TCP or over QUIC
     * @param peerId who it proved to be
     */
    public record Reached(PeerAddress address, Carrier carrier, PeerId peerId) {
        public Reached {
            address = address.canonical();
            if (carrier.stack() != Stack.LIBP2P) {
                throw new IllegalArgumentException("not of libp2p: " + carrier);
            }
        }

        /** As something to dial, with nobody else there. */
        public PeerEndpoint endpoint() {
            return new PeerEndpoint(address, carrier, Optional.of(peerId));
        }
    }

    /** Whether it turned out to have no libp2p. */
    public boolean isOldPeer() {
        return libp2p.isEmpty();
    }
}
