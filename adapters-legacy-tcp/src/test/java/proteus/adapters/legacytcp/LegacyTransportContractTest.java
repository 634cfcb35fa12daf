package proteus.adapters.legacytcp;

import proteus.application.contract.PeerTransportContract;
import proteus.application.memory.InboundBudget;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerTransport;
import proteus.application.port.SourceQuota;
import proteus.application.port.TaskScheduler;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** The transport over sockets on loopback. */
final class LegacyTransportContractTest extends PeerTransportContract {

    private static final LegacySettings ROOMY =
            LegacySettings.forPeers(100).withHandshakeTimeout(TestNode.PATIENT.handshakeTimeout());

    @Override
    protected PeerTransport transport(PeerGate gate, TaskScheduler clock) {
        return new LegacyTransport(ROOMY, new InboundBudget(64 << 20), gate, SourceQuota.unlimited(), clock);
    }

    @Override
    protected PeerEndpoint anyPort() {
        return TestNode.endpoint(new PeerAddress(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), 0));
    }
}
