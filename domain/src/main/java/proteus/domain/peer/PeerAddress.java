package proteus.domain.peer;

import java.util.Optional;

/**
 * Where a node can be reached over TCP. Ordered by address, then port.
 *
 * @param ip the address
 * @param port the port, in {@code [0, 65535]}; 0 occurs on the wire
 */
public record PeerAddress(IpAddress ip, int port) implements Comparable<PeerAddress> {

    private static final int MAX_PORT = 65_535;

    public PeerAddress {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port outside 0 to 65535: " + port);
        }
    }

    /**
     * Reads the form that {@link #toString} writes; empty if {@code text} is none.
     *
     * <p>A numeric scope, as in {@code [fe80::1%2]:9798}, is dropped: an address here has none. The port has one to
     * five digits.
     */
    public static Optional<PeerAddress> parse(String text) {
        return IpAddressParser.parseWithPort(text);
    }

    /** The same with the canonical form of the IP: one name however the peer was reached. */
    public PeerAddress canonical() {
        return new PeerAddress(ip.canonical(), port);
    }

    @Override
    public int compareTo(PeerAddress other) {
        int order = ip.compareTo(other.ip);
        return order != 0 ? order : Integer.compare(port, other.port);
    }

    /** As in {@code 203.0.113.7:9798} or {@code [2001:db8::1]:9798}. */
    @Override
    public String toString() {
        return switch (ip) {
            case IpAddress.V4 v4 -> v4 + ":" + port;
            case IpAddress.V6 v6 -> "[" + v6 + "]:" + port;
        };
    }
}
