package proteus.adapters.libp2p.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.dial;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.get;

import io.netty.channel.epoll.Epoll;
import io.netty.util.concurrent.Future;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.DialFailedException;
import proteus.adapters.libp2p.engine.event.AcceptRefusal;
import proteus.adapters.libp2p.engine.event.CloseCause;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.event.FailureReason;
import proteus.adapters.libp2p.engine.event.ProtocolEvent;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.limits.ConnectionGate;
import proteus.adapters.libp2p.engine.limits.Direction;
import proteus.adapters.libp2p.engine.limits.DirectionLimits;
import proteus.adapters.libp2p.engine.limits.GateRefusal;
import proteus.adapters.libp2p.engine.limits.HostLimits;
import proteus.adapters.libp2p.engine.limits.ResourceUsage;
import proteus.adapters.libp2p.engine.limits.SourceLimitSettings;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.swarm.TestHosts.TestHost;
import proteus.adapters.libp2p.engine.transport.quic.QuicSettings;

/** A host over QUIC. */
class QuicHostTest extends HostContract {

    private static final String ANY_PORT = "/ip4/127.0.0.1/udp/0/quic-v1";
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(10);

    @Override
    String anyPort() {
        return ANY_PORT;
    }

    @Override
    int streamsOfPings() {
        return 2;
    }

    @Override
    Multiaddr refusing() throws Exception {
        try (DatagramSocket socket = UdpPorts.open()) {
            return UdpPorts.at(socket);
        }
    }

    @Override
    String refusal() {
        return Epoll.isAvailable() ? "refused" : "PortUnreachable";
    }

    @Override
    Silent silent() throws Exception {
        DatagramSocket socket = UdpPorts.open();
        return new Silent() {
            @Override
            public Multiaddr address() {
                return UdpPorts.at(socket);
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }

    private static QuicSettings quic(Duration handshake, Duration idle) {
        QuicSettings usual = QuicSettings.defaults();
        return new QuicSettings(
                handshake,
                idle,
                usual.inboundStreams(),
                usual.streamWindow(),
                usual.connectionWindow(),
                usual.resetStreams(),
                usual.handshakes(),
                usual.calmHandshakes(),
                usual.tokenLifetime(),
                usual.udpPayload(),
                usual.socketBuffer(),
                usual.congestionControl());
    }

    /** A first packet of a dial by {@code dialler} that is given up. */
    private static byte[] firstPacketOf(TestHost dialler) throws Exception {
        try (DatagramSocket socket = UdpPorts.open()) {
            Future<Connection> dialling = dialler.host.dial(List.of(UdpPorts.at(socket)));
            byte[] packet = UdpPorts.receive(socket).bytes();
            dialling.cancel(false);
            return packet;
        }
    }

    private static void awaitThatNothingIsHeld(TestHost... hosts) throws Exception {
        for (TestHost host : hosts) {
            host.awaitThat(
                    () -> host.host.usage().equals(ResourceUsage.NONE),
                    "nothing to be held, but there is " + host.host.usage());
        }
    }

    @Test
    void twoHostsConnectAndEachKnowsWhoTheOtherIs() throws Exception {
        TestHost listener = hosts.start();
        TestHost dialler = hosts.start();
        Multiaddr address = listener.listen(ANY_PORT);

        Connection connection = dial(dialler, address);

        assertThat(connection.remotePeer()).isEqualTo(listener.host.peerId());
        assertThat(connection.security()).isEqualTo("/tls/1.0.0");
        assertThat(connection.muxer()).isEqualTo("quic");
        assertThat(connection.transport()).isEqualTo("quic");
        assertThat(connection.remoteAddress().withPeerId(connection.remotePeer()))
                .isEqualTo(address);
        ConnectionEvent.Established accepted = listener.await(ConnectionEvent.Established.class);
        assertThat(accepted.info().remotePeer()).isEqualTo(dialler.host.peerId());
        assertThat(accepted.info().direction()).isEqualTo(Direction.INBOUND);
        assertThat(accepted.info().remoteAddress())
                .isEqualTo(connection.localAddress().toString());
    }

    @Test
    void nothingIsHeldAfterAHandshakeThatFailed() throws Exception {
        TestHost listener = hosts.start();
        TestHost dialler = hosts.start();
        Multiaddr address = listener.listen(ANY_PORT).withoutPeerId();
        PeerId somebodyElse = hosts.start().host.peerId();

        assertThatThrownBy(() -> dial(dialler, address.withPeerId(somebodyElse)))
                .hasCauseInstanceOf(DialFailedException.class);

        assertThat(listener.await(ConnectionEvent.AcceptFailed.class).reason()).isEqualTo(FailureReason.SECURITY);
        awaitThatNothingIsHeld(listener, dialler);
    }

    @Test
    void nothingIsHeldOfWhomTheGateRefused() throws Exception {
        TestHost dialler = hosts.start(with -> with.quic(quic(SHORT, LONG)));
        TestHost atAccept = hosts.start(with -> with.gate(new ConnectionGate() {
            @Override
            public Optional<GateRefusal> atAccept(SocketAddress remote) {
                return Optional.of(new GateRefusal("nobody"));
            }
        }));
        TestHost afterSecurity = hosts.start(with -> with.gate(new ConnectionGate() {
            @Override
            public Optional<GateRefusal> afterSecurity(PeerId peer, SocketAddress remote, Direction direction) {
                return Optional.of(new GateRefusal("not you"));
            }
        }));

        assertThatThrownBy(() -> dial(dialler, atAccept.listen(ANY_PORT)))
                .hasCauseInstanceOf(DialFailedException.class);
        dialler.host.dial(List.of(afterSecurity.listen(ANY_PORT))).await(TestHosts.PATIENCE.toMillis());

        afterSecurity.await(ConnectionEvent.AcceptFailed.class);
        awaitThatNothingIsHeld(dialler, atAccept, afterSecurity);
    }

    @Test
    void nothingIsHeldOfADialThatIsCancelledAnywhere() throws Exception {
        TestHost listener = hosts.start(with -> with.quic(quic(Duration.ofSeconds(1), LONG)));
        TestHost dialler = hosts.start();
        Multiaddr address = listener.listen(ANY_PORT);
        List<Future<Connection>> dials = new ArrayList<>();

        for (int i = 0; i < 40; i++) {
            Future<Connection> dialling = dialler.host.dial(List.of(address));
            dials.add(dialling);
            if (i % 3 == 0) {
                int begun = i / 3;
                listener.awaitThat(
                        () -> listener.events(ConnectionEvent.AcceptBegun.class).size() > begun || dialling.isDone(),
                        "one that is under way");
            }
            dialling.cancel(false);
        }
        for (Future<Connection> dialling : dials) {
            dialling.await(TestHosts.PATIENCE.toMillis());
            if (dialling.isSuccess()) {
                get(dialling.getNow().close());
            }
        }

        awaitThatNothingIsHeld(dialler, listener);
        assertThat(dial(dialler, address).closed().isDone()).isFalse();
    }

    @Test
    void nothingIsHeldOfADiallerThatVanishesAfterItsFirstPacket() throws Exception {
        TestHost listener = hosts.start(with -> with.quic(quic(SHORT, LONG)));
        TestHost dialler = hosts.start();
        Multiaddr address = listener.listen(ANY_PORT);
        byte[] first = firstPacketOf(dialler);
        byte[] second = firstPacketOf(dialler);

        try (DatagramSocket one = UdpPorts.open();
                DatagramSocket other = UdpPorts.open()) {
            // Two handshakes from one port, and one from another.
            UdpPorts.send(one, first, address);
            UdpPorts.send(one, second, address);
            UdpPorts.send(other, first, address);
            UdpPorts.receive(one);
        }

        listener.awaitThat(
                () -> listener.events(ConnectionEvent.AcceptFailed.class).size() >= 2, "those that were given up");
        awaitThatNothingIsHeld(listener);
        dial(dialler, address);
    }

    @Test
    void soManyHandshakesArePendingAndNoMore() throws Exception {
        HostLimits usual = HostLimits.defaults();
        HostLimits two = new HostLimits(
                usual.system(),
                usual.pending().withConnections(DirectionLimits.ofTotal(2)),
                usual.peer(),
                usual.connection(),
                usual.stream());
        TestHost listener = hosts.start(with -> with.limits(two).quic(quic(Duration.ofSeconds(1), LONG)));
        TestHost dialler = hosts.start();
        Multiaddr address = listener.listen(ANY_PORT);

        try (DatagramSocket socket = UdpPorts.open();
                DatagramSocket another = UdpPorts.open()) {
            for (int i = 0; i < 6; i++) {
                UdpPorts.send(socket, firstPacketOf(dialler), address);
            }
            UdpPorts.send(another, firstPacketOf(dialler), address);
            // What comes again from a port that was refused is the same attempt.
            listener.awaitThat(
                    () -> listener.events(ConnectionEvent.RefusedAtAccept.class).size() == 2, "two refusals");
        }

        assertThat(listener.events(ConnectionEvent.RefusedAtAccept.class))
                .extracting(ConnectionEvent.RefusedAtAccept::reason)
                .containsOnly(AcceptRefusal.RESOURCE_LIMIT);
        assertThat(listener.counts.count(ConnectionEvent.AcceptBegun.class)).isEqualTo(2);
        awaitThatNothingIsHeld(listener);
        dial(dialler, address);
    }

    @Test
    void aSourceThatIsRefusedIsLetInAgainWhenItsHandshakesAreOver() throws Exception {
        TestHost listener = hosts.start(with ->
                with.sources(new SourceLimitSettings(2, 0, 0, 16, false)).quic(quic(SHORT, LONG)));
        TestHost dialler = hosts.start();
        Multiaddr address = listener.listen(ANY_PORT);
        try (DatagramSocket socket = UdpPorts.open()) {
            for (int i = 0; i < 3; i++) {
                UdpPorts.send(socket, firstPacketOf(dialler), address);
            }
            assertThat(listener.await(ConnectionEvent.RefusedAtAccept.class).reason())
                    .isEqualTo(AcceptRefusal.SOURCE_LIMIT);
        }

        awaitThatNothingIsHeld(listener);

        dial(dialler, address);
        dial(dialler, address);
    }

    @Test
    void aConnectionThatNobodyUsesIsKeptAliveByPings() throws Exception {
        Duration idle = Duration.ofMillis(900);
        TestHost listener = hosts.start(with -> with.quic(quic(LONG, idle)));
        TestHost dialler = hosts.start(with -> with.quic(quic(LONG, idle)));
        long begin = System.nanoTime();
        Connection connection = dial(dialler, listener.listen(ANY_PORT));

        dialler.awaitThat(
                () -> System.nanoTime() - begin > 3 * idle.toNanos()
                        || connection.closed().isDone(),
                "three idle time-outs");

        assertThat(connection.closed().isDone()).isFalse();
        dialler.awaitThat(() -> dialler.events(ProtocolEvent.Pinged.class).size() >= 6, "pings");
        assertThat(listener.events(ProtocolEvent.Pinged.class)).isNotEmpty();
        assertThat(dialler.events(ProtocolEvent.PingFailed.class)).isEmpty();
    }

    @Test
    void aRemoteThatIsGoneIsNoticed() throws Exception {
        TestHost listener = hosts.start(with -> with.quic(quic(LONG, SHORT)));
        TestHost dialler = hosts.start();
        Multiaddr address = listener.listen(ANY_PORT);
        Multiaddr between = address;
        try (LossyUdp path = new LossyUdp(UdpPorts.socketAddress(between))) {
            Connection connection = dial(dialler, path.address().withPeerId(listener.host.peerId()));
            listener.await(ConnectionEvent.Established.class);

            path.cut();

            get(connection.closed());
            listener.await(ConnectionEvent.Closed.class);
            assertThat(dialler.await(ConnectionEvent.Closed.class).cause()).isEqualTo(CloseCause.UNRESPONSIVE);
            awaitThatNothingIsHeld(listener, dialler);
        }
    }

    @Test
    void theFirstOfMixedAddressesWinsAndTheOthersLeaveNoSocket() throws Exception {
        TestHost listener = hosts.start();
        TestHost dialler = hosts.start();
        try (DatagramSocket silentQuic = UdpPorts.open();
                ServerSocket silentTcp = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Multiaddr live = listener.listen(ANY_PORT).withoutPeerId();

            Connection connection = dial(dialler, UdpPorts.at(silentQuic), TcpHostTest.at(silentTcp), live, refusing());

            assertThat(connection.remoteAddress()).isEqualTo(live);
            dialler.awaitThat(
                    () -> dialler.events(ConnectionEvent.DialFailed.class).size() == 3, "three that came to nothing");
            assertThat(dialler.events(ConnectionEvent.DialFailed.class))
                    .filteredOn(failed -> !failed.reason().equals(FailureReason.CANCELLED))
                    .extracting(ConnectionEvent.DialFailed::reason)
                    .hasSizeLessThanOrEqualTo(1)
                    .allMatch(reason -> reason == FailureReason.PORT_CLOSED);
            UdpPorts.awaitClosed(UdpPorts.receive(silentQuic).sender());
            try (Socket accepted = silentTcp.accept()) {
                accepted.setSoTimeout(Math.toIntExact(TestHosts.PATIENCE.toMillis()));
                assertThat(accepted.getInputStream().readAllBytes()).startsWith(0x13);
            }
            assertThat(dialler.host.usage().outboundConnections()).isEqualTo(1);
        }
    }

    @Test
    void tcpWinsWhereNobodyAnswersOverQuic() throws Exception {
        TestHost listener = hosts.start();
        TestHost dialler = hosts.start();
        try (DatagramSocket silent = UdpPorts.open()) {
            Multiaddr live = listener.listen("/ip4/127.0.0.1/tcp/0");

            Connection connection =
                    dial(dialler, UdpPorts.at(silent).withPeerId(listener.host.peerId()), refusing(), live);

            assertThat(connection.transport()).isEqualTo("tcp");
            UdpPorts.awaitClosed(UdpPorts.receive(silent).sender());
        }
    }

    @Test
    void aCancelledDialClosesItsSocket() throws Exception {
        TestHost dialler = hosts.start();
        try (DatagramSocket silent = UdpPorts.open()) {
            Future<Connection> dialling = dialler.host.dial(List.of(UdpPorts.at(silent)));
            SocketAddress socket = UdpPorts.receive(silent).sender();

            assertThat(dialling.cancel(false)).isTrue();

            UdpPorts.awaitClosed(socket);
            assertThat(dialler.await(ConnectionEvent.DialFailed.class).reason()).isEqualTo(FailureReason.CANCELLED);
            awaitThatNothingIsHeld(dialler);
        }
    }

    @Test
    void aHostThatIsClosedLeavesNoUdpSocket() throws Exception {
        TestHost listener = hosts.start();
        TestHost dialler = hosts.start();
        Multiaddr address = listener.listen(ANY_PORT);
        Connection connection = dial(dialler, address);

        dialler.host.close();
        UdpPorts.awaitClosed(connection.localAddress().quicAddress().orElseThrow());
        listener.host.close();

        UdpPorts.awaitClosed(UdpPorts.socketAddress(address));
        awaitThatNothingIsHeld(dialler, listener);
    }

    @Test
    void aRemoteThatSaysNothingIsGivenUpInTime() throws Exception {
        TestHost dialler = hosts.start(with -> with.quic(quic(SHORT, LONG)));
        try (Silent silent = silent()) {
            assertThatThrownBy(() -> dial(dialler, silent.address())).hasCauseInstanceOf(DialFailedException.class);
        }

        assertThat(dialler.await(ConnectionEvent.DialFailed.class).reason()).isEqualTo(FailureReason.TIMED_OUT);
    }
}
