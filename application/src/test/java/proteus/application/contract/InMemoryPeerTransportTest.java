package proteus.application.contract;

import proteus.application.port.PeerGate;
import proteus.application.port.PeerTransport;
import proteus.application.port.TaskScheduler;
import proteus.domain.peer.PeerAddress;

final class InMemoryPeerTransportTest extends PeerTransportContract {

    private final InMemoryNetwork network = new InMemoryNetwork();

    @Override
    protected PeerTransport transport(PeerGate gate, TaskScheduler clock) {
        return new InMemoryPeerTransport(network, anyPort().ip(), gate, clock);
    }

    @Override
    protected PeerAddress anyPort() {
        return Descriptions.loopback(0);
    }
}
