package proteus.adapters.rpc.value;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import proteus.domain.peer.IpAddress;

/**
 * A libp2p address that starts with an IP, as in {@code /ip4/1.2.3.4/tcp/9798}.
 *
 * @param ip the address, IPv4-mapped ones made plain
 * @param rest the parts that follow, as text between slashes; not checked
 */
public record Multiaddress(IpAddress ip, List<String> rest) {

    private static final int MAX_LENGTH = 1024;
    private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    public Multiaddress {
        rest = List.copyOf(rest);
    }

    /** Reads one; empty if {@code text} does not start with {@code /ip4/} or {@code /ip6/} and such an address. */
    public static Optional<Multiaddress> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String[] parts = text.split("/", -1);
        if (parts.length < 3 || !parts[0].isEmpty()) {
            return Optional.empty();
        }
        Optional<IpAddress> ip = switch (parts[1]) {
            case "ip4" -> parseV4(parts[2]);
            case "ip6" -> parseV6(parts[2]);
            default -> Optional.empty();
        };
        return ip.map(
                address -> new Multiaddress(address.canonical(), List.of(parts).subList(3, parts.length)));
    }

    /** Reads an address of either version without anything around it; empty if {@code text} is none. */
    public static Optional<IpAddress> parseIp(String text) {
        return parseV4(text).or(() -> parseV6(text)).map(IpAddress::canonical);
    }

    private static Optional<IpAddress> parseV4(String text) {
        // The JDK would also read shorter forms, which mean something else to others.
        if (!V4.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(IpAddress.of(Inet4Address.ofLiteral(text).getAddress()));
        } catch (IllegalArgumentException outOfRange) {
            return Optional.empty();
        }
    }

    private static Optional<IpAddress> parseV6(String text) {
        if (!V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(IpAddress.of(Inet6Address.ofLiteral(text).getAddress()));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
