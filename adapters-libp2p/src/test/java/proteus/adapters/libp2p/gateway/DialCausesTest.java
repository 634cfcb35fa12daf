package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.application.contract.Descriptions;
import proteus.application.contract.Dials;
import proteus.application.contract.FakeGate;
import proteus.application.port.Carrier;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.PeerEndpoint;

/** What a node takes a failed dial for, where its peer is no libp2p host: an old peer, or somebody for later. */
@Timeout(60)
final class DialCausesTest {

    private static final int FIRST_BYTES = 20;

    /** What a listener does with one socket, which is closed then. */
    private interface Answer {
        void to(Socket socket) throws IOException;
    }

    private static PeerEndpoint at(ServerSocket server) {
        return GatewayNode.anyPort(Carrier.LIBP2P_TCP).withPort(server.getLocalPort());
    }

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getByAddress(GatewayNode.LOOPBACK.toBytes()));
    }

    private static Cause causeOf(PeerEndpoint there) {
        try (GatewayTransport node = GatewayNode.transport(
                GatewayNode.PATIENT, new FakeGate(Descriptions.handshake(1)), InstantSource.system())) {
            return Dials.failureOf(node, there);
        }
    }

    private static Cause causeWhere(Answer answer) throws IOException {
        try (ServerSocket server = server()) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = server.accept()) {
                    answer.to(socket);
                } catch (IOException gone) {
                    // The node has closed.
                }
            });
            return causeOf(at(server));
        }
    }

    @Test
    void aClosedPortIsOne() throws Exception {
        ServerSocket server = server();
        server.close();

        assertThat(causeOf(at(server))).isInstanceOf(Cause.PortClosed.class);
    }

    /** As a legacy listener does at the first bytes of libp2p. */
    @Test
    void whoReadsAndClosesInOrderSpeaksAnotherProtocol() throws Exception {
        assertThat(causeWhere(socket -> {
                    assertThat(socket.getInputStream().read(new byte[1_000])).isGreaterThan(FIRST_BYTES);
                }))
                .isInstanceOf(Cause.NotThisProtocol.class);
    }

    @Test
    void whoAnswersSomethingElseSpeaksAnotherProtocol() throws Exception {
        byte[] answer = "HTTP/1.1 400 Bad Request\r\n\r\n".repeat(10).getBytes(StandardCharsets.US_ASCII);

        assertThat(causeWhere(socket -> {
                    socket.getOutputStream().write(answer);
                    socket.getInputStream().readAllBytes();
                }))
                .isInstanceOf(Cause.NotThisProtocol.class);
    }

    /** Anybody on the way can send a reset, and must not make a peer look old by that. */
    @Test
    void aResetIsNotAnotherProtocol() throws Exception {
        assertThat(causeWhere(socket -> {
                    socket.getInputStream().readNBytes(FIRST_BYTES);
                    socket.setSoLinger(true, 0);
                }))
                .isInstanceOf(Cause.Unreachable.class);
        assertThat(causeWhere(socket -> socket.setSoLinger(true, 0))).isInstanceOf(Cause.Unreachable.class);
    }

    @Test
    void aResetAfterAnAnswerIsNotAnotherProtocol() throws Exception {
        assertThat(causeWhere(socket -> {
                    socket.getOutputStream().write("\u0013/multistream/1.0.0\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().readNBytes(FIRST_BYTES);
                    socket.setSoLinger(true, 0);
                }))
                .isInstanceOf(Cause.Unreachable.class);
    }
}
