package proteus.adapters.libp2p.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.address;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.dial;

import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.HostSettings;
import proteus.adapters.libp2p.engine.Security;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.event.FailureReason;
import proteus.adapters.libp2p.engine.limits.Direction;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.swarm.TestHosts.TestHost;

/** A host over TCP. */
class TcpHostTest extends HostContract {

    private static final String ANY_PORT = "/ip4/127.0.0.1/tcp/0";

    @Override
    String anyPort() {
        return ANY_PORT;
    }

    @Override
    int streamsOfPings() {
        return 0;
    }

    @Override
    Multiaddr refusing() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return at(socket);
        }
    }

    @Override
    String refusal() {
        return "refused";
    }

    @Override
    Silent silent() throws Exception {
        ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        return new Silent() {
            @Override
            public Multiaddr address() {
                return at(socket);
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
    }

    static Multiaddr at(ServerSocket socket) {
        return address("/ip4/127.0.0.1/tcp/" + socket.getLocalPort());
    }

    @ParameterizedTest
    @CsvSource({"TLS, true", "TLS, false", "NOISE, true", "NOISE, false"})
    void twoHostsConnectAndEachKnowsWhoTheOtherIs(Security security, boolean earlyMuxer) throws Exception {
        TestHost listener = hosts.start(with -> with.security(List.of(security)).earlyMuxer(earlyMuxer));
        TestHost dialler = hosts.start(with -> with.security(List.of(security)).earlyMuxer(earlyMuxer));
        Multiaddr address = listener.listen(ANY_PORT);

        Connection connection = dial(dialler, address);

        assertThat(connection.remotePeer()).isEqualTo(listener.host.peerId());
        assertThat(connection.security()).isEqualTo(security.id());
        assertThat(connection.muxer()).isEqualTo("/yamux/1.0.0");
        assertThat(connection.transport()).isEqualTo("tcp");
        assertThat(connection.remoteAddress().withPeerId(connection.remotePeer()))
                .isEqualTo(address);
        ConnectionEvent.Established accepted = listener.await(ConnectionEvent.Established.class);
        assertThat(accepted.info().remotePeer()).isEqualTo(dialler.host.peerId());
        assertThat(accepted.info().direction()).isEqualTo(Direction.INBOUND);
    }

    @Test
    void theListenersChoiceDecidesWhatBothOffer() throws Exception {
        TestHost listener = hosts.start(with -> with.security(List.of(Security.NOISE)));
        TestHost dialler = hosts.start(with -> with.security(List.of(Security.TLS, Security.NOISE)));

        Connection connection = dial(dialler, listener.listen(ANY_PORT));

        assertThat(connection.security()).isEqualTo("/noise");
    }

    @Test
    void aCancelledDialClosesItsSocket() throws Exception {
        TestHost dialler = hosts.start();
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Future<Connection> dialling = dialler.host.dial(List.of(at(silent)));
            try (var accepted = silent.accept()) {
                accepted.setSoTimeout(Math.toIntExact(TestHosts.PATIENCE.toMillis()));
                assertThat(accepted.getInputStream().read()).isEqualTo(0x13);

                assertThat(dialling.cancel(false)).isTrue();

                // Comes to an end, which a socket that stays open would not.
                accepted.getInputStream().readAllBytes();
            }
            assertThat(dialler.await(ConnectionEvent.DialFailed.class).reason()).isEqualTo(FailureReason.CANCELLED);
        }
    }

    @Test
    void aRemoteThatSaysNothingIsGivenUpInTime() throws Exception {
        TestHost listener = hosts.start(with -> with.timeouts(new HostSettings.Timeouts(
                Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ZERO)));
        Multiaddr address = listener.listen(ANY_PORT);

        try (var silent = new java.net.Socket(
                InetAddress.getLoopbackAddress(),
                address.tcpAddress().orElseThrow().getPort())) {
            assertThat(listener.await(ConnectionEvent.AcceptFailed.class).reason())
                    .isEqualTo(FailureReason.TIMED_OUT);
            silent.setSoTimeout(Math.toIntExact(TestHosts.PATIENCE.toMillis()));
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource(Security.class)
    void closingAHostEndsWhateverSecuresItsConnections(Security security) throws Exception {
        closingAHostEndsItsConnectionsAndItsListener(with -> with.security(List.of(security)));
    }
}
