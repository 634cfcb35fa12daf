package proteus.application.node;

import proteus.application.port.PeerTarget;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** Addresses that any peer can reach. */
final class Places {

    static final int PORT = 9798;

    private Places() {}

    static IpAddress ip(int host) {
        return new IpAddress.V4(0x0800_0000 | host);
    }

    /** The peer there, whatever it speaks. */
    static PeerTarget target(PeerAddress address) {
        return new PeerTarget(address, PeerTarget.Protocol.EITHER);
    }

    static PeerAddress at(int host) {
        return new PeerAddress(ip(host), PORT);
    }

    /** Where the node there takes libp2p connections. */
    static PeerAddress libp2pAt(int host) {
        return new PeerAddress(ip(host), PORT + 3);
    }
}
