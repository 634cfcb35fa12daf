package proteus.adapters.libp2p.engine.swarm;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;

/** Passes the datagrams of one dialler on to a listener and back, until it is cut. */
final class LossyUdp implements AutoCloseable {

    private static final int ROOM = 65_535;

    private final DatagramSocket front;
    private final DatagramSocket back;
    private final AtomicReference<SocketAddress> dialler = new AtomicReference<>();
    private volatile boolean cut;

    LossyUdp(InetSocketAddress listener) throws IOException {
        front = UdpPorts.open();
        back = UdpPorts.open();
        Thread.ofVirtual()
                .start(() -> pass(front, packet -> {
                    dialler.set(packet.getSocketAddress());
                    packet.setSocketAddress(listener);
                    back.send(packet);
                }));
        Thread.ofVirtual()
                .start(() -> pass(back, packet -> {
                    packet.setSocketAddress(dialler.get());
                    front.send(packet);
                }));
    }

    private interface Next {
        void take(DatagramPacket packet) throws IOException;
    }

    private void pass(DatagramSocket from, Next next) {
        DatagramPacket packet = new DatagramPacket(new byte[ROOM], ROOM);
        while (!from.isClosed()) {
            try {
                packet.setLength(ROOM);
                from.receive(packet);
                if (!cut) {
                    next.take(packet);
                }
            } catch (IOException gone) {
                // The socket is closed, or one of those between whom this passes is.
            }
        }
    }

    Multiaddr address() {
        return UdpPorts.at(front);
    }

    void cut() {
        cut = true;
    }

    @Override
    public void close() {
        front.close();
        back.close();
    }
}
