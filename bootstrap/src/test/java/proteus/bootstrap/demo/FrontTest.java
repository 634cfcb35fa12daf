package proteus.bootstrap.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.domain.peer.IpAddress;

@Timeout(30)
final class FrontTest {

    private static final IpAddress IP = new IpAddress.V4(0x7F000002);
    private static final IpAddress SOURCE = new IpAddress.V4(0x7F000003);

    @BeforeEach
    void hostHasSuchIps() {
        assumeThat(BadLink.isPossible()).isTrue();
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    }

    private static Socket dial(ServerSocket listener) throws IOException {
        return new Socket(InetAddress.getByName(IP.toString()), listener.getLocalPort());
    }

    @Test
    void bytesGoBothWaysAndSeemToComeFromTheSource() throws Exception {
        try (ServerSocket listener = listener();
                Front _ = Front.open(IP, listener.getLocalPort(), SOURCE);
                Socket dialler = dial(listener);
                Socket accepted = listener.accept()) {
            dialler.getOutputStream().write(7);
            accepted.getOutputStream().write(8);

            assertThat(accepted.getInputStream().read()).isEqualTo(7);
            assertThat(dialler.getInputStream().read()).isEqualTo(8);
            assertThat(IpAddress.parse(accepted.getInetAddress().getHostAddress()))
                    .isEqualTo(Optional.of(SOURCE));
        }
    }

    @Test
    void onceItIsCutBothEndsAreClosedAndNobodyGetsThrough() throws Exception {
        try (ServerSocket listener = listener();
                Front front = Front.open(IP, listener.getLocalPort(), SOURCE);
                Socket dialler = dial(listener);
                Socket accepted = listener.accept()) {
            dialler.getOutputStream().write(7);
            assertThat(accepted.getInputStream().read()).isEqualTo(7);

            front.cut();

            assertEnds(dialler);
            assertEnds(accepted);
            try (Socket late = dial(listener)) {
                assertEnds(late);
            }
            listener.setSoTimeout(200);
            assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** By an end or by a reset. */
    private static void assertEnds(Socket socket) {
        try {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (IOException reset) {
            assertThat(reset).isNotInstanceOf(SocketTimeoutException.class);
        }
    }
}
