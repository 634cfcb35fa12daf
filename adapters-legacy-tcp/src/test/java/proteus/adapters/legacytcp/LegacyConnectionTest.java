package proteus.adapters.legacytcp;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import proteus.application.contract.ConnectedPair;
import proteus.application.contract.PeerConnectionContract;
import proteus.application.contract.SideBySide;
import proteus.application.port.PeerConnection;

final class LegacyConnectionTest extends PeerConnectionContract {

    private final List<TestNode> nodes = new ArrayList<>();

    @Override
    protected ConnectedPair connect(int outboundBytes) throws Exception {
        LegacySettings settings = TestNode.PATIENT.withOutboundBytes(outboundBytes);
        TestNode near = new TestNode(settings, Handshakes.of(1));
        nodes.add(near);
        TestNode far = new TestNode(settings, Handshakes.of(2));
        nodes.add(far);
        PeerConnection dialled = near.transport().dial(TestNode.endpoint(far.address()));
        return new ConnectedPair(dialled, far.gate().awaitConnection());
    }

    @AfterEach
    void closeNodes() throws InterruptedException {
        SideBySide.close(nodes);
    }
}
