package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import proteus.application.contract.Descriptions;
import proteus.application.contract.Dials;
import proteus.application.contract.FakeGate;
import proteus.application.contract.ManualScheduler;
import proteus.application.contract.PeerTransportContract;
import proteus.application.port.Carrier;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.application.port.PeerTransport;
import proteus.application.port.TaskScheduler;
import proteus.domain.peer.ConnectionRefusedReason;

/** The stack as a transport, by either of the carriers and either of the protocols that it has. */
abstract class GatewayTransportContract extends PeerTransportContract {

    private final Carrier carrier;
    private final SessionProtocol protocol;

    GatewayTransportContract(Carrier carrier, SessionProtocol protocol) {
        this.carrier = carrier;
        this.protocol = protocol;
    }

    @Override
    protected PeerTransport transport(PeerGate gate, TaskScheduler clock) {
        return GatewayNode.transport(GatewayNode.speaking(protocol), gate, clock);
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

    @Test
    void aCloseEndsADialThatNobodyAnswers() throws Exception {
        try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            int port = carrier == Carrier.LIBP2P_TCP ? tcp.getLocalPort() : udp.getLocalPort();
            PeerTransport dialler = GatewayNode.transport(
                    GatewayNode.PATIENT, new FakeGate(Descriptions.handshake(1)), new ManualScheduler());
            CompletableFuture<PeerConnection> dial =
                    Dials.elsewhere(dialler, anyPort().withPort(port));
            if (carrier == Carrier.LIBP2P_TCP) {
                tcp.accept();
            } else {
                udp.receive(new DatagramPacket(new byte[1], 1));
            }

            dialler.close();

            assertThat(Dials.failureOf(dial)).isEqualTo(new Cause.Stopped());
        }
    }

    @Override
    protected Telling telling(ConnectionRefusedReason reason) {
        return reason instanceof ConnectionRefusedReason.MaxPeerNumberExceeded
                ? Telling.BY_FIRST_MESSAGE
                : Telling.BY_CLOSING;
    }
}
