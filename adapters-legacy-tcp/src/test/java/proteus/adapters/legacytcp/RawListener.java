package proteus.adapters.legacytcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** A listener on loopback that accepts plain sockets, and says nothing by itself. */
final class RawListener implements AutoCloseable {

    private final ServerSocket server;

    RawListener() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        server.setSoTimeout(RawPeer.PATIENCE_MILLIS);
    }

    /** Where it listens. */
    PeerAddress address() {
        return new PeerAddress(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), server.getLocalPort());
    }

    /** The next one who dials. */
    RawPeer accept() throws IOException {
        return new RawPeer(server.accept());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
