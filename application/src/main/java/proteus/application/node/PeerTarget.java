package proteus.application.node;

import proteus.domain.peer.PeerAddress;

/**
 * A peer that the operator named: it is dialled until it is connected, and again when it was lost.
 *
 * @param address where it is, IPv4-mapped addresses made plain
 * @param protocol what to speak there
 */
public record PeerTarget(PeerAddress address, Protocol protocol) {

    public PeerTarget {
        address = address.canonical();
    }

    /** What to speak at an address. */
    public enum Protocol {
        /** The legacy stack and nothing else. */
        LEGACY,
        /** The libp2p stack and nothing else. */
        LIBP2P,
        /** The node's preferred stack first, then the other if the first turns out not to be spoken there. */
        EITHER
    }
}
