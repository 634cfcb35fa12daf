package proteus.adapters.legacytcp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** Peers' addresses as sockets have them, and back. */
final class SocketAddresses {

    private SocketAddresses() {}

    /** The plain form of a socket address; an IPv4-mapped one becomes IPv4. */
    static PeerAddress peerAddress(InetSocketAddress socket) {
        IpAddress ip = IpAddress.of(socket.getAddress().getAddress()).canonical();
        return new PeerAddress(ip, socket.getPort());
    }

    /** The socket address of the plain form. */
    static InetSocketAddress socketAddress(PeerAddress address) {
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(address.ip().canonical().toBytes()), address.port());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes are always an address", e);
        }
    }
}
