package proteus.application.port;

import java.util.Optional;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/**
 * What a peer is remembered by over sessions and restarts: what it has proven or named, never its {@code instance_id},
 * which is public and new at each start.
 */
public sealed interface PeerKey {

    /** A peer that is known by its libp2p identity. */
    record OfPeerId(PeerId id) implements PeerKey {
        @Override
        public String toString() {
            return id.toString();
        }
    }

    /**
     * A peer that is known by where it takes legacy connections.
     *
     * @param address made plain if it is IPv4-mapped
     */
    record OfAddress(PeerAddress address) implements PeerKey {
        public OfAddress {
            address = address.canonical();
        }

        @Override
        public String toString() {
            return address.toString();
        }
    }

    /** Reads what {@code toString} of either kind writes; empty if {@code text} is none. */
    static Optional<PeerKey> parse(String text) {
        Optional<PeerKey> address = PeerAddress.parse(text).map(OfAddress::new);
        return address.isPresent() ? address : PeerId.parse(text).map(OfPeerId::new);
    }
}
