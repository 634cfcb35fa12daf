package proteus.adapters.libp2p.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.net.DatagramSocket;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.Stream;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.event.StreamEvent;
import proteus.adapters.libp2p.engine.limits.HostLimits;
import proteus.adapters.libp2p.engine.swarm.TestHosts;
import proteus.adapters.libp2p.engine.swarm.TestHosts.TestHost;
import proteus.adapters.libp2p.engine.swarm.UdpPorts;

/** What can be sent to a host that listens with QUIC, by sockets that are no QUIC endpoint and by peers that misuse one. */
@Timeout(120)
class QuicAttacksTest {

    private static final int RETRY = 0xf0;
    private static final int TYPE = 0xf0;
    private static final long MEMORY = 64L << 20;

    private final TestHosts attackers = new TestHosts();
    private Victim victim;
    private TestHost attacker;

    @BeforeEach
    void start() throws Exception {
        victim = new Victim(Victim.QUIC, with -> with);
        attacker = attackers.start();
    }

    @AfterEach
    void close() {
        attackers.close();
        victim.close();
    }

    private byte[] firstPacket() throws Exception {
        try (DatagramSocket socket = UdpPorts.open()) {
            Future<Connection> dialling = attacker.host.dial(List.of(UdpPorts.at(socket)));
            byte[] packet = UdpPorts.receive(socket).bytes();
            dialling.cancel(false);
            return packet;
        }
    }

    private static byte[] withToken(byte[] initial, byte[] token) {
        int source = 6 + initial[5];
        int length = source + 1 + initial[source];
        byte[] out = Arrays.copyOf(initial, initial.length + token.length);
        out[length] = (byte) token.length;
        System.arraycopy(token, 0, out, length + 1, token.length);
        System.arraycopy(initial, length + 1, out, length + 1 + token.length, initial.length - length - 1);
        return out;
    }

    private void assertUnharmed() throws Exception {
        victim.assertUnharmed();
        assertThat(victim.memoryTaken()).isLessThan(MEMORY);
    }

    @Test
    void garbageAndTruncatedPackets() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] hello = firstPacket();
        try (DatagramSocket socket = UdpPorts.open()) {
            for (int i = 0; i < 3000; i++) {
                byte[] datagram = Arrays.copyOf(hello, 1 + random.nextInt(hello.length));
                if (i % 2 == 0) {
                    random.nextBytes(datagram);
                }
                UdpPorts.send(socket, datagram, victim.address);
            }
        }

        assertThat(victim.host.events(ConnectionEvent.Established.class))
                .as("seed %d", seed)
                .hasSize(1);
        assertUnharmed();
    }

    @Test
    void firstPacketsWithoutEndFromOnePort() throws Exception {
        try (DatagramSocket socket = UdpPorts.open()) {
            flood(List.of(socket));
        }
    }

    @Test
    void firstPacketsWithoutEndFromManyPorts() throws Exception {
        List<DatagramSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                sockets.add(UdpPorts.open());
            }
            flood(sockets);
        } finally {
            sockets.forEach(DatagramSocket::close);
        }
    }

    /** Each with a connection id of its own, so that each could begin a handshake. */
    private void flood(List<DatagramSocket> sockets) throws Exception {
        List<byte[]> hellos = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            hellos.add(firstPacket());
        }
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < hellos.size(); i++) {
                UdpPorts.send(sockets.get((i + round) % sockets.size()), hellos.get(i), victim.address);
            }
        }
        victim.assertFriendUnharmed();

        assertThat(victim.host.host.usage().inboundConnections()).isLessThanOrEqualTo(HostLimits.PENDING_INBOUND + 1);
        assertThat(victim.memoryTaken()).isLessThan(MEMORY);
        victim.host.awaitThat(() -> victim.host.host.usage().inboundConnections() == 1, "the end of the handshakes");
        assertUnharmed();
    }

    @Test
    void aVersionThatNobodySpeaks() throws Exception {
        byte[] hello = firstPacket();
        hello[1] = 0x0a;
        try (DatagramSocket socket = UdpPorts.open()) {
            UdpPorts.send(socket, hello, victim.address);

            byte[] answer = UdpPorts.receive(socket).bytes();

            assertThat(Arrays.copyOfRange(answer, 1, 5)).containsOnly(0);
            assertThat(answer.length).isLessThan(hello.length);
        }
        assertThat(victim.host.counts.count(ConnectionEvent.AcceptBegun.class)).isEqualTo(1);
        assertUnharmed();
    }

    @Test
    @DisplayName("CVE-2026-44894: a token that the listener did not make is no proof of an address")
    void aForgedToken() throws Exception {
        byte[] token = new byte[60];
        new SecureRandom().nextBytes(token);
        try (DatagramSocket socket = UdpPorts.open()) {
            UdpPorts.send(socket, withToken(firstPacket(), token), victim.address);

            assertThat(UdpPorts.receive(socket).bytes()[0] & TYPE).isEqualTo(RETRY);
        }
        assertThat(victim.host.counts.count(ConnectionEvent.AcceptBegun.class)).isEqualTo(1);
        assertUnharmed();
    }

    @Test
    @DisplayName("CVE-2026-44894: a token that the listener made for another address is no proof of this one")
    void aTokenOfAnotherAddress() throws Exception {
        try (DatagramSocket honest = UdpPorts.open();
                DatagramSocket thief = UdpPorts.open()) {
            UdpPorts.send(honest, withToken(firstPacket(), new byte[60]), victim.address);
            byte[] retry = UdpPorts.receive(honest).bytes();
            int source = 6 + retry[5];
            byte[] token = Arrays.copyOfRange(retry, source + 1 + retry[source], retry.length - 16);

            UdpPorts.send(thief, withToken(firstPacket(), token), victim.address);

            assertThat(UdpPorts.receive(thief).bytes()[0] & TYPE).isEqualTo(RETRY);
        }
        assertThat(victim.host.counts.count(ConnectionEvent.AcceptBegun.class)).isEqualTo(1);
        assertUnharmed();
    }

    @Test
    void streamsThatAreResetWithoutEnd() throws Exception {
        Connection connection = TestHosts.dial(attacker, victim.address);
        // The host allows new ones as it gets through with the old: so some attempts open none.
        long deadline = System.nanoTime() + 2 * TestHosts.PATIENCE.toNanos();
        while (!connection.closed().isDone() && System.nanoTime() < deadline) {
            Future<Stream> opening = connection.open(List.of(Victim.ECHO), Stream::reset);
            opening.await(TestHosts.PATIENCE.toMillis());
        }

        assertThat(connection.closed().await(TestHosts.PATIENCE.toMillis())).isTrue();
        victim.host.awaitThat(() -> victim.host.host.usage().inboundConnections() == 1, "that nothing is held of it");
        assertUnharmed();
    }

    @Test
    void aPeerThatNeverReadsItsAnswers() throws Exception {
        Connection connection = TestHosts.dial(attacker, victim.address);
        List<Stream> streams = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            streams.add(TestHosts.get(connection.open(List.of(Victim.ECHO), stream -> {
                stream.channel().config().setAutoRead(false);
                stream.channel().pipeline().addLast(new ChannelInboundHandlerAdapter());
            })));
        }
        for (Stream stream : streams) {
            for (int i = 0; i < 64; i++) {
                stream.channel().writeAndFlush(Unpooled.wrappedBuffer(new byte[1 << 16]));
            }
        }

        assertUnharmed();
        TestHosts.get(connection.close());
        victim.host.awaitThat(
                () -> !victim.host.events(ConnectionEvent.Closed.class).isEmpty(), "its end");
        assertThat(victim.host.counts.count(StreamEvent.Opened.class)).isGreaterThan(20);
    }
}
