package proteus.bootstrap.interop.libp2p;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import proteus.bootstrap.interop.libp2p.DelayProxy.Ready;
import proteus.bootstrap.interop.libp2p.DelayProxy.Wire;

/** Delays connections: what is sent, the end of either side, and resets. */
final class TcpRelay {

    private TcpRelay() {}

    /** Begins to serve; returns the port. */
    static int listen(Wire wire, InetSocketAddress target) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open().bind(wire.at());
        server.configureBlocking(false);
        Ready accept = () -> accept(wire, server, target);
        server.register(wire.selector(), SelectionKey.OP_ACCEPT, accept);
        return server.socket().getLocalPort();
    }

    /** SYN, SYN+ACK and ACK take three ways: before that nothing arrives, whoever speaks first. */
    private static void accept(Wire wire, ServerSocketChannel server, InetSocketAddress target) throws IOException {
        SocketChannel dialler = server.accept();
        if (dialler == null) {
            return;
        }
        TcpEnd near = new TcpEnd(wire, dialler, true);
        TcpEnd far = new TcpEnd(wire, SocketChannel.open(), false);
        near.joinWith(far);
        wire.schedule().after(2 * wire.oneWayNanos(), near::beginReading);
        wire.schedule().after(3 * wire.oneWayNanos(), () -> far.connect(target));
    }
}
