package proteus.application.contract;

import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTransport;
import proteus.domain.peer.PeerAddress;

/** A node that is no more than its transport and its gate, and where it listens. */
record TransportNode(FakeGate gate, PeerTransport transport, PeerEndpoint endpoint) {

    PeerAddress address() {
        return endpoint.address();
    }
}
