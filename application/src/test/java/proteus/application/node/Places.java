package proteus.application.node;

import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** Addresses that any peer can reach. */
final class Places {

    static final int PORT = 9798;

    private Places() {}

    static IpAddress ip(int host) {
        return new IpAddress.V4(0x0800_0000 | host);
    }

    static PeerAddress at(int host) {
        return new PeerAddress(ip(host), PORT);
    }
}
