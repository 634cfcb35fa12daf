package proteus.adapters.libp2p.gateway;

import proteus.application.contract.FakeGate;
import proteus.application.contract.PeerTransportContract;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerTransport;
import proteus.application.port.TaskScheduler;
import proteus.domain.peer.ConnectionRefusedReason;

/** The gateway as a transport, by either of the carriers that it has. */
abstract class GatewayTransportContract extends PeerTransportContract {

    private final Carrier carrier;

    GatewayTransportContract(Carrier carrier) {
        this.carrier = carrier;
    }

    @Override
    protected PeerTransport transport(PeerGate gate, TaskScheduler clock) {
        return GatewayNode.transport(GatewayNode.PATIENT, gate, clock);
    }

    @Override
    protected PeerEndpoint anyPort() {
        return GatewayNode.anyPort(carrier);
    }

    /** Both sides judge at once, so the listener's judgement keeps no dialler waiting. */
    @Override
    protected FakeGate awaitedGate(FakeGate dialler, FakeGate listener) {
        return dialler;
    }

    @Override
    protected Telling telling(ConnectionRefusedReason reason) {
        return reason instanceof ConnectionRefusedReason.MaxPeerNumberExceeded
                ? Telling.BY_FIRST_MESSAGE
                : Telling.BY_CLOSING;
    }
}
