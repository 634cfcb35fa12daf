package proteus.application.contract;

import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerTransport;
import proteus.application.port.TaskScheduler;

final class InMemoryPeerTransportTest extends PeerTransportContract {

    private final InMemoryNetwork network = new InMemoryNetwork();

    @Override
    protected PeerTransport transport(PeerGate gate, TaskScheduler clock) {
        return new InMemoryPeerTransport(network, anyPort().address().ip(), gate, clock);
    }

    @Override
    protected PeerEndpoint anyPort() {
        return new PeerEndpoint(Descriptions.loopback(0), Carrier.LEGACY_TCP);
    }
}
