package proteus.adapters.libp2p.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.identity.MalformedKeyException;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** Where peers are and who they are, as the node and as libp2p write it. */
final class Endpoints {

    private Endpoints() {}

    /** An endpoint of this stack as libp2p writes it, with the peer that is expected there. */
    static Multiaddr multiaddr(PeerEndpoint endpoint) {
        InetSocketAddress address = new InetSocketAddress(
                inet(endpoint.address().ip()), endpoint.address().port());
        Multiaddr bare = switch (endpoint.carrier()) {
            case LIBP2P_TCP -> Multiaddr.ofTcp(address);
            case LIBP2P_QUIC -> Multiaddr.ofQuic(address);
            case LEGACY_TCP -> throw new IllegalArgumentException("not of the libp2p stack: " + endpoint);
        };
        return endpoint.expected().map(Endpoints::id).map(bare::withPeerId).orElse(bare);
    }

    static PeerId id(proteus.domain.peer.PeerId id) {
        try {
            return PeerId.fromBytes(id.toBytes());
        } catch (MalformedKeyException impossible) {
            throw new IllegalStateException("what is a peer id there is one here", impossible);
        }
    }

    static InetAddress inet(IpAddress ip) {
        try {
            return InetAddress.getByAddress(ip.toBytes());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 bytes are always an address", impossible);
        }
    }

    static proteus.domain.peer.PeerId id(PeerId id) {
        return proteus.domain.peer.PeerId.parse(id.bytes()).orElseThrow();
    }

    /** Where the remote of {@code connection} is. */
    static PeerEndpoint of(Connection connection) {
        Optional<InetSocketAddress> tcp = connection.remoteAddress().tcpAddress();
        InetSocketAddress socket =
                tcp.or(connection.remoteAddress()::quicAddress).orElseThrow();
        return new PeerEndpoint(
                new PeerAddress(IpAddress.of(socket.getAddress().getAddress()), socket.getPort()),
                tcp.isPresent() ? Carrier.LIBP2P_TCP : Carrier.LIBP2P_QUIC);
    }
}
