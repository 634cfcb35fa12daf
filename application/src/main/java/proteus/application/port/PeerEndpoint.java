package proteus.application.port;

import java.util.Optional;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/**
 * Where to dial or to listen, and by what.
 *
 * @param address the IP and the port, IPv4-mapped addresses made plain
 * @param carrier what speaks there
 * @param expected who must be there; empty if anybody may. The legacy stack cannot prove it, so it has none
 */
public record PeerEndpoint(PeerAddress address, Carrier carrier, Optional<PeerId> expected) {

    public PeerEndpoint {
        address = address.canonical();
        if (carrier == Carrier.LEGACY_TCP && expected.isPresent()) {
            throw new IllegalArgumentException("a legacy peer cannot prove to be " + expected.get());
        }
    }

    /** Whoever is there. */
    public PeerEndpoint(PeerAddress address, Carrier carrier) {
        this(address, carrier, Optional.empty());
    }

    /** The same port at another IP. */
    public PeerEndpoint withIp(IpAddress ip) {
        return new PeerEndpoint(new PeerAddress(ip, address.port()), carrier, expected);
    }

    /** The same place with another port. */
    public PeerEndpoint withPort(int port) {
        return new PeerEndpoint(new PeerAddress(address.ip(), port), carrier, expected);
    }

    /** The text of it as libp2p writes addresses, without who is expected. */
    public String toMultiaddress() {
        String ip = switch (address.ip()) {
            case IpAddress.V4 v4 -> "/ip4/" + v4;
            case IpAddress.V6 v6 -> "/ip6/" + v6;
        };
        return switch (carrier) {
            case LEGACY_TCP, LIBP2P_TCP -> ip + "/tcp/" + address.port();
            case LIBP2P_QUIC -> ip + "/udp/" + address.port() + "/quic-v1";
        };
    }

    @Override
    public String toString() {
        String what = switch (carrier) {
            case LEGACY_TCP -> " (legacy TCP)";
            case LIBP2P_TCP -> " (libp2p over TCP)";
            case LIBP2P_QUIC -> " (libp2p over QUIC)";
        };
        return address + what;
    }
}
