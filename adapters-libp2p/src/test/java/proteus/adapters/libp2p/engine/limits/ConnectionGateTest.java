package proteus.adapters.libp2p.engine.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import proteus.adapters.libp2p.engine.identity.PeerId;

final class ConnectionGateTest {

    private final PeerId peer = TestPeers.peers(1).getFirst();
    private final SocketAddress remote = new InetSocketAddress("192.0.2.1", 9801);

    @Test
    void theOpenGateLetsEverybodyIn() {
        ConnectionGate gate = ConnectionGate.open();

        assertThat(gate.atAccept(remote)).isEmpty();
        assertThat(gate.afterSecurity(peer, remote, Direction.INBOUND)).isEmpty();
        assertThat(gate.atStreamOpen(peer, "/ping/1.0.0", Direction.OUTBOUND)).isEmpty();
    }

    @Test
    void aGateThatAnswersOneQuestionAnswersNoOther() {
        ConnectionGate gate = new ConnectionGate() {
            @Override
            public Optional<GateRefusal> afterSecurity(PeerId who, SocketAddress where, Direction direction) {
                return Optional.of(new GateRefusal(who + " is banned"));
            }
        };

        assertThat(gate.atAccept(remote)).isEmpty();
        assertThat(gate.afterSecurity(peer, remote, Direction.INBOUND)).contains(new GateRefusal(peer + " is banned"));
        assertThat(gate.atStreamOpen(peer, "/ping/1.0.0", Direction.INBOUND)).isEmpty();
    }
}
