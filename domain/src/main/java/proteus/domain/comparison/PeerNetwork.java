package proteus.domain.comparison;

import proteus.domain.peer.IpAddress;

/**
 * The part of the network that an address is in: who has one of its addresses easily has more.
 *
 * @param version 4 or 6
 * @param prefix the first 16 bits of an IPv4 address, the first 32 of an IPv6 address
 */
public record PeerNetwork(int version, int prefix) {

    /** Where {@code ip} is; an IPv4-mapped address is made plain. */
    public static PeerNetwork of(IpAddress ip) {
        return switch (ip.canonical()) {
            case IpAddress.V4(int bits) -> new PeerNetwork(4, bits >>> 16);
            case IpAddress.V6(long high, long _) -> new PeerNetwork(6, (int) (high >>> 32));
        };
    }
}
