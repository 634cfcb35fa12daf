package proteus.bootstrap.config;

import java.util.List;
import java.util.Optional;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** The forms in which upstream lets an operator write an address. */
final class AddressText {

    private AddressText() {}

    /** The parts of a multiaddress: {@code [ip4, 1.2.3.4, tcp, 9798]}; empty if {@code text} does not begin as one. */
    static List<String> parts(String text) {
        return text.startsWith("/") ? List.of(text.substring(1).split("/", -1)) : List.of();
    }

    /**
     * The IP in an address: a bare one, one with a port, or the first part of a multiaddress.
     *
     * @throws BadValueException if there is none
     */
    static IpAddress ip(String text) throws BadValueException {
        List<String> parts = parts(text);
        Optional<IpAddress> ip = parts.size() >= 2
                ? ip(parts.get(0), parts.get(1))
                : IpAddress.parse(text).or(() -> PeerAddress.parse(text).map(PeerAddress::ip));
        return ip.orElseThrow(() -> Kind.not(
                        text,
                        "an address with an IP, such as 203.0.113.7, 203.0.113.7:9798 or /ip4/203.0.113.7/tcp/9801"))
                .canonical();
    }

    /** The IP that {@code protocol} of a multiaddress gives; empty if it is none. */
    static Optional<IpAddress> ip(String protocol, String address) {
        return switch (protocol) {
            case "ip4" -> IpAddress.parse(address).filter(ip -> ip instanceof IpAddress.V4);
            case "ip6" -> IpAddress.parse(address).filter(ip -> ip instanceof IpAddress.V6);
            default -> Optional.empty();
        };
    }
}
