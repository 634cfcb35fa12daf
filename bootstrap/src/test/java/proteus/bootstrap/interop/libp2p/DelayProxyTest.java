package proteus.bootstrap.interop.libp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DelayProxyTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Duration ONE_WAY = Duration.ofMillis(30);
    private static final Duration ROUND_TRIP = ONE_WAY.multipliedBy(2);
    private static final int MEBIBYTE = 1 << 20;

    private ServerSocket listener;
    private DatagramSocket datagramListener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 50, LOOPBACK);
        datagramListener = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
    }

    @AfterEach
    void end() throws IOException {
        listener.close();
        datagramListener.close();
    }

    private DelayProxy tcp() throws IOException {
        return DelayProxy.tcp((InetSocketAddress) listener.getLocalSocketAddress(), ONE_WAY);
    }

    private DelayProxy udp() throws IOException {
        return DelayProxy.udp((InetSocketAddress) datagramListener.getLocalSocketAddress(), ONE_WAY);
    }

    private static Socket dial(DelayProxy proxy) throws IOException {
        Socket socket = new Socket(LOOPBACK, proxy.address().getPort());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @Test
    void anAnswerOverTcpTakesTwoRoundTripsOfWhichOneIsTheConnection() throws IOException {
        try (DelayProxy proxy = tcp()) {
            long began = System.nanoTime();
            try (Socket dialler = dial(proxy)) {
                dialler.getOutputStream().write(1);
                try (Socket accepted = listener.accept()) {
                    assertThat(accepted.getInputStream().read()).isEqualTo(1);
                    assertThat(since(began)).isGreaterThanOrEqualTo(ONE_WAY.multipliedBy(3));
                    accepted.getOutputStream().write(2);

                    assertThat(dialler.getInputStream().read()).isEqualTo(2);
                }
            }

            assertThat(since(began)).isGreaterThanOrEqualTo(ROUND_TRIP.multipliedBy(2));
            assertThat(proxy.roundTrips()).isEqualTo(1);
        }
    }

    @Test
    void aListenerThatSpeaksFirstIsHeardAfterTwoRoundTrips() throws IOException {
        try (DelayProxy proxy = tcp()) {
            long began = System.nanoTime();
            try (Socket dialler = dial(proxy);
                    Socket accepted = listener.accept()) {
                accepted.getOutputStream().write(1);

                assertThat(dialler.getInputStream().read()).isEqualTo(1);
                assertThat(since(began)).isGreaterThanOrEqualTo(ROUND_TRIP.multipliedBy(2));
                assertThat(proxy.flights()).extracting(Flight::fromDialler).containsExactly(false);
            }
        }
    }

    @Test
    void aFlightIsAllThatOneSideSaysBeforeTheOtherDoes() throws IOException {
        try (DelayProxy proxy = tcp();
                Socket dialler = dial(proxy);
                Socket accepted = listener.accept()) {
            dialler.getOutputStream().write(new byte[100]);
            dialler.getOutputStream().write(new byte[200]);
            accepted.getInputStream().readNBytes(300);
            accepted.getOutputStream().write(1);
            dialler.getInputStream().readNBytes(1);
            dialler.getOutputStream().write(2);
            accepted.getInputStream().readNBytes(1);

            assertThat(proxy.flights()).extracting(Flight::fromDialler).containsExactly(true, false, true);
            assertThat(proxy.flights()).extracting(Flight::bytes).containsExactly(300L, 1L, 1L);
            assertThat(proxy.flights().getLast().began()).isGreaterThanOrEqualTo(ROUND_TRIP);
            assertThat(proxy.roundTrips()).isEqualTo(1);
        }
    }

    @Test
    void muchArrivesUnchangedWithItsEndAndTheOtherDirectionStaysOpen() throws IOException, InterruptedException {
        byte[] sent = new byte[16 * MEBIBYTE];
        new Random(1).nextBytes(sent);
        try (DelayProxy proxy = tcp();
                Socket dialler = dial(proxy);
                Socket accepted = listener.accept()) {
            Thread writer = Thread.ofVirtual().start(() -> writeAndEnd(dialler, sent));

            byte[] received = accepted.getInputStream().readAllBytes();
            writer.join();

            assertThat(received).isEqualTo(sent);
            assertThat(proxy.flights()).extracting(Flight::bytes).containsExactly((long) sent.length);
            // The other direction is open still.
            accepted.getOutputStream().write(7);
            assertThat(dialler.getInputStream().read()).isEqualTo(7);
        }
    }

    private static void writeAndEnd(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void aResetArrivesAsOne() throws IOException {
        try (DelayProxy proxy = tcp();
                Socket dialler = dial(proxy)) {
            Socket accepted = listener.accept();
            accepted.setSoLinger(true, 0);
            accepted.close();

            assertThatThrownBy(() -> dialler.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void whereNobodyListensADialledConnectionIsReset() throws IOException {
        try (DelayProxy proxy = tcp()) {
            listener.close();
            try (Socket dialler = dial(proxy)) {
                assertThatThrownBy(() -> dialler.getInputStream().read()).isInstanceOf(SocketException.class);
            }
        }
    }

    @Test
    void anAnswerOverUdpTakesOneRoundTripForEachDiallerApart() throws IOException {
        try (DelayProxy proxy = udp();
                DatagramSocket first = new DatagramSocket();
                DatagramSocket second = new DatagramSocket()) {
            long began = System.nanoTime();
            first.send(datagram(proxy.address(), 1));
            DatagramPacket toFirst = receive(datagramListener);
            second.send(datagram(proxy.address(), 2));
            DatagramPacket toSecond = receive(datagramListener);
            assertThat(toFirst.getSocketAddress()).isNotEqualTo(toSecond.getSocketAddress());

            datagramListener.send(datagram((InetSocketAddress) toSecond.getSocketAddress(), 20));
            datagramListener.send(datagram((InetSocketAddress) toFirst.getSocketAddress(), 10));

            assertThat(receive(first).getData()[0]).isEqualTo((byte) 10);
            assertThat(receive(second).getData()[0]).isEqualTo((byte) 20);
            assertThat(since(began)).isGreaterThanOrEqualTo(ROUND_TRIP);
            assertThat(proxy.flights()).extracting(Flight::fromDialler).containsExactly(true, false);
            assertThat(proxy.roundTrips()).isEqualTo(1);
        }
    }

    private static DatagramPacket datagram(InetSocketAddress to, int content) {
        return new DatagramPacket(new byte[] {(byte) content}, 1, to);
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return packet;
    }
}
