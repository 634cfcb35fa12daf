package proteus.application.port;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/**
 * A peer that the operator named: it is dialled until it is connected, and again when it was lost.
 *
 * @param address where it is, IPv4-mapped addresses made plain
 * @param protocol what to speak there
 * @param expected who must be there; empty if anybody may
 */
public record PeerTarget(PeerAddress address, Protocol protocol, Optional<PeerId> expected) {

    private static final int MAX_PORT = 65_535;

    private static final Pattern FORM = Pattern.compile("/(?<family>ip4|ip6)/(?<ip>[0-9a-fA-F:.]{2,45})/"
            + "(tcp/(?<tcp>[0-9]{1,5})|udp/(?<udp>[0-9]{1,5})/quic-v1)(/p2p/(?<id>[1-9A-HJ-NP-Za-km-z]{1,64}))?");

    public PeerTarget {
        address = address.canonical();
        if (expected.isPresent() && protocol.carriers().contains(Carrier.LEGACY_TCP)) {
            throw new IllegalArgumentException("a legacy peer cannot prove to be " + expected.get());
        }
    }

    /** Whoever is there. */
    public PeerTarget(PeerAddress address, Protocol protocol) {
        this(address, protocol, Optional.empty());
    }

    /** The port that means the legacy stack wherever it is written, as with upstream, and libp2p never. */
    public static final int LEGACY_PORT = 9798;

    /** Whoever is at {@code address}, in the protocol that its port means. */
    public static PeerTarget ofTcp(PeerAddress address) {
        return new PeerTarget(address, address.port() == LEGACY_PORT ? Protocol.LEGACY : Protocol.EITHER);
    }

    /**
     * Reads a multiaddress: {@code /ip4/IP/tcp/PORT} or {@code /ip4/IP/udp/PORT/quic-v1}, or the same of {@code ip6}, and
     * perhaps {@code /p2p/ID} behind it. A port is 1 to 65535.
     *
     * @return empty if {@code text} is none of these
     */
    public static Optional<PeerTarget> parse(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        boolean isV4 = match.group("family").equals("ip4");
        Optional<IpAddress> ip = IpAddress.parse(match.group("ip")).filter(it -> it instanceof IpAddress.V4 == isV4);
        boolean isTcp = match.group("tcp") != null;
        int port = Integer.parseInt(match.group(isTcp ? "tcp" : "udp"));
        Optional<PeerId> expected = Optional.ofNullable(match.group("id")).flatMap(PeerId::parse);
        if (ip.isEmpty() || port < 1 || port > MAX_PORT || (match.group("id") != null && expected.isEmpty())) {
            return Optional.empty();
        }
        PeerAddress address = new PeerAddress(ip.get(), port);
        if (!isTcp) {
            return Optional.of(new PeerTarget(address, Protocol.QUIC, expected));
        }
        return Optional.of(expected.isPresent() ? new PeerTarget(address, Protocol.LIBP2P, expected) : ofTcp(address));
    }

    /** What to speak at an address. */
    public enum Protocol {
        /** The legacy stack and nothing else. */
        LEGACY,
        /** libp2p over TCP and nothing else. */
        LIBP2P,
        /** libp2p over QUIC, that is over UDP. */
        QUIC,
        /** One of the stacks that speak on TCP, then the other if the first turns out not to be spoken there. */
        EITHER;

        /** What may carry it. */
        public List<Carrier> carriers() {
            return switch (this) {
                case LEGACY -> List.of(Carrier.LEGACY_TCP);
                case LIBP2P -> List.of(Carrier.LIBP2P_TCP);
                case QUIC -> List.of(Carrier.LIBP2P_QUIC);
                case EITHER -> List.of(Carrier.LIBP2P_TCP, Carrier.LEGACY_TCP);
            };
        }
    }

    /** The target as an endpoint of one of its carriers. */
    public PeerEndpoint by(Carrier carrier) {
        return new PeerEndpoint(address, carrier, expected);
    }
}
