package proteus.adapters.libp2p.engine.swarm;

import static proteus.adapters.libp2p.engine.swarm.TestHosts.address;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;

/** Plain UDP sockets on loopback, for what a QUIC endpoint would not send, and for what it must not keep. */
public final class UdpPorts {

    /** More than any datagram of the engine. */
    private static final int ROOM = 65_535;

    private UdpPorts() {}

    public static DatagramSocket open() throws SocketException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(Math.toIntExact(TestHosts.PATIENCE.toMillis()));
        return socket;
    }

    public static Multiaddr at(DatagramSocket socket) {
        return address("/ip4/127.0.0.1/udp/" + socket.getLocalPort() + "/quic-v1");
    }

    public static void send(DatagramSocket from, byte[] datagram, Multiaddr to) throws IOException {
        from.send(new DatagramPacket(datagram, datagram.length, socketAddress(to)));
    }

    public static InetSocketAddress socketAddress(Multiaddr address) {
        return address.withoutPeerId().quicAddress().orElseThrow();
    }

    /** The next datagram, and who sent it. */
    public static Received receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[ROOM], ROOM);
        socket.receive(packet);
        return new Received(Arrays.copyOf(packet.getData(), packet.getLength()), packet.getSocketAddress());
    }

    /** A datagram as it came. */
    public record Received(byte[] bytes, SocketAddress sender) {}

    /** Waits until nobody has {@code port} open any more. */
    static void awaitClosed(SocketAddress port) {
        long deadline = System.nanoTime() + TestHosts.PATIENCE.toNanos();
        while (!isClosed(port)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(port + " is still open");
            }
            Thread.onSpinWait();
        }
    }

    private static boolean isClosed(SocketAddress port) {
        try (DatagramSocket bound = new DatagramSocket(port)) {
            return bound.isBound();
        } catch (SocketException taken) {
            return false;
        }
    }
}
