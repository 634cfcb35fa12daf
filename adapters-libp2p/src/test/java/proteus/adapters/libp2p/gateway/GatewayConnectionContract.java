package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import proteus.application.contract.ConnectedPair;
import proteus.application.contract.Descriptions;
import proteus.application.contract.FakeGate;
import proteus.application.contract.PeerConnectionContract;
import proteus.application.contract.SideBySide;
import proteus.application.port.Carrier;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.domain.peer.PeerMessage;

/** The stack's connections, by either of the carriers and either of the protocols that they have. */
abstract class GatewayConnectionContract extends PeerConnectionContract {

    private final Carrier carrier;
    private final SessionProtocol protocol;
    private final List<GatewayTransport> nodes = new ArrayList<>();

    GatewayConnectionContract(Carrier carrier, SessionProtocol protocol) {
        this.carrier = carrier;
        this.protocol = protocol;
    }

    @Override
    protected ConnectedPair connect(int outboundBytes) throws Exception {
        FakeGate far = new FakeGate(Descriptions.handshake(2));
        PeerEndpoint listening = node(far, outboundBytes).listen(GatewayNode.anyPort(carrier));
        PeerConnection dialled =
                node(new FakeGate(Descriptions.handshake(1)), outboundBytes).dial(listening);
        assertThat(dialled.layers().session()).contains(protocol.id());
        return new ConnectedPair(dialled, far.awaitConnection());
    }

    @Override
    protected int bytesOf(PeerMessage message) {
        return protocol.encoding().encode(message).length;
    }

    private GatewayTransport node(FakeGate gate, int outboundBytes) {
        GatewayTransport node = GatewayNode.transport(
                GatewayNode.speaking(protocol).withOutboundBytes(outboundBytes), gate, InstantSource.system());
        nodes.add(node);
        return node;
    }

    @AfterEach
    void closeNodes() throws InterruptedException {
        SideBySide.close(nodes);
    }
}
