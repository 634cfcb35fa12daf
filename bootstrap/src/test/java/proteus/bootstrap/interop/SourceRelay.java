package proteus.bootstrap.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** Carries one TCP connection on from another address of this host's loopback, which is another IP to the listener. */
final class SourceRelay implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final ServerSocket server;
    private final Socket out;

    private SourceRelay(ServerSocket server, Socket out) {
        this.server = server;
        this.out = out;
    }

    /** A way to {@code target} that comes from {@code source} there. */
    static SourceRelay from(String source, PeerEndpoint target) throws IOException {
        Socket out = new Socket();
        try {
            out.bind(new InetSocketAddress(InetAddress.getByName(source), 0));
            out.setTcpNoDelay(true);
            out.connect(
                    new InetSocketAddress(
                            InetAddress.getByAddress(target.address().ip().toBytes()),
                            target.address().port()),
                    PATIENCE_MILLIS);
            ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
            server.setSoTimeout(PATIENCE_MILLIS);
            SourceRelay relay = new SourceRelay(server, out);
            Thread.ofVirtual().name("relay").start(relay::serve);
            return relay;
        } catch (IOException failed) {
            out.close();
            throw failed;
        }
    }

    /** Where to dial, once. */
    PeerEndpoint address() {
        return new PeerEndpoint(
                new PeerAddress(new IpAddress.V4(0x7F000001), server.getLocalPort()), Carrier.LIBP2P_TCP);
    }

    private void serve() {
        try (Socket in = server.accept()) {
            in.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().start(() -> pump(out, in));
            pump(in, out);
            back.join();
        } catch (IOException closed) {
            // The end of the relay.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The end of either direction is the end of both, as it is for libp2p. */
    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // Closing both is all that can be done about it.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        out.close();
    }
}
