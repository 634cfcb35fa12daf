package proteus.application.contract;

import java.util.concurrent.atomic.AtomicInteger;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerTransport;
import proteus.application.port.TaskScheduler;
import proteus.domain.peer.IpAddress;

/** The transport within the process, passing for libp2p. */
final class InMemoryLibp2pTransportTest extends PeerTransportContract {

    private final InMemoryNetwork network = new InMemoryNetwork();
    private final AtomicInteger ids = new AtomicInteger();

    @Override
    protected PeerTransport transport(PeerGate gate, TaskScheduler clock) {
        return new InMemoryPeerTransport(
                network,
                anyPort().address().ip(),
                gate,
                clock,
                Carrier.LIBP2P_TCP,
                InMemoryPeerTransport.idOf(new IpAddress.V4(ids.incrementAndGet())));
    }

    @Override
    protected PeerEndpoint anyPort() {
        return new PeerEndpoint(Descriptions.loopback(0), Carrier.LIBP2P_TCP);
    }
}
