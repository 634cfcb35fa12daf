package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Optional;

/** First packets of a handshake, taken from a dial, and what a listener answers to them. */
final class RawQuic {

    private static final int TIMEOUT_MILLIS = 10_000;

    private RawQuic() {}

    /** The first packet that {@code dialler} sends; the dial is cancelled. */
    static byte[] firstPacketOf(TestEndpoint dialler) throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Future<QuicConnection> dial = dialler.transport.dial(
                    (InetSocketAddress) socket.getLocalSocketAddress(), Optional.empty(), new RecordingStream(false));
            byte[] packet = receive(socket);
            dial.cancel(false);
            return packet;
        }
    }

    /** What the listener answers first to {@code packet}, sent from a port of its own. */
    static byte[] answer(io.netty.channel.Channel listener, byte[] packet) throws Exception {
        SocketAddress address = listener.localAddress();
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.send(new DatagramPacket(packet, packet.length, address));
            return receive(socket);
        }
    }

    private static byte[] receive(DatagramSocket socket) throws Exception {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    static boolean isRetry(byte[] packet) {
        return (packet[0] & 0xf0) == 0xf0;
    }

    /** An Initial packet that has no token, with one; it is not encrypted anew. */
    static byte[] withToken(byte[] initial, byte[] token) {
        int destination = 5;
        int source = destination + 1 + initial[destination];
        int length = source + 1 + initial[source];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(initial, 0, length);
        out.write(token.length);
        out.writeBytes(token);
        out.write(initial, length + 1, initial.length - length - 1);
        return out.toByteArray();
    }
}
