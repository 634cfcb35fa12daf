package proteus.bootstrap.interop.libp2p;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.HashMap;
import java.util.Map;
import proteus.bootstrap.interop.libp2p.DelayProxy.Ready;
import proteus.bootstrap.interop.libp2p.DelayProxy.Wire;

/** Delays datagrams. One that finds no room in a socket is lost, as on any network. */
final class UdpRelay {

    private static final int MAX_DATAGRAM = 65_535;
    private static final int SOCKET_BUFFER = 4 << 20;

    private final Wire wire;
    private final InetSocketAddress target;
    private final DatagramChannel server;
    private final Map<SocketAddress, DatagramChannel> outwards = new HashMap<>();
    private final ByteBuffer received = ByteBuffer.allocateDirect(MAX_DATAGRAM);

    private UdpRelay(Wire wire, InetSocketAddress target, DatagramChannel server) {
        this.wire = wire;
        this.target = target;
        this.server = server;
    }

    /** Begins to serve; returns the port. */
    static int listen(Wire wire, InetSocketAddress target) throws IOException {
        DatagramChannel server =
                DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        UdpRelay relay = new UdpRelay(wire, target, server);
        relay.register(server, relay::fromDiallers);
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    private void register(DatagramChannel channel, Ready ready) throws IOException {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
        channel.configureBlocking(false);
        channel.register(wire.selector(), SelectionKey.OP_READ, ready);
    }

    private void fromDiallers() throws IOException {
        SocketAddress dialler = server.receive(received.clear());
        while (dialler != null) {
            DatagramChannel outward = outward(dialler);
            later(true, outward::write);
            dialler = server.receive(received.clear());
        }
    }

    private DatagramChannel outward(SocketAddress dialler) throws IOException {
        DatagramChannel known = outwards.get(dialler);
        if (known != null) {
            return known;
        }
        DatagramChannel outward = DatagramChannel.open().connect(target);
        register(outward, () -> fromListener(outward, dialler));
        outwards.put(dialler, outward);
        return outward;
    }

    private void fromListener(DatagramChannel outward, SocketAddress dialler) throws IOException {
        try {
            while (outward.read(received.clear()) > 0) {
                later(false, datagram -> server.send(datagram, dialler));
            }
        } catch (PortUnreachableException nobody) {
            // The listener is gone; to the dialler that is silence.
        }
    }

    private interface Sender {
        int send(ByteBuffer datagram) throws IOException;
    }

    private void later(boolean fromDialler, Sender sender) {
        ByteBuffer datagram =
                ByteBuffer.allocate(received.flip().remaining()).put(received).flip();
        wire.flights().saw(fromDialler, datagram.remaining());
        wire.schedule().after(wire.oneWayNanos(), () -> {
            try {
                sender.send(datagram);
            } catch (PortUnreachableException nobody) {
                // As above.
            }
        });
    }
}
