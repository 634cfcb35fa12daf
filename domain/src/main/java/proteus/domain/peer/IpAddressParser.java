package proteus.domain.peer;

import java.util.Optional;

/**
 * Reads addresses from text, as strictly as the standard library of Rust does, which upstream uses.
 *
 * <p>{@code java.net.InetAddress} is no choice here: it would look up names.
 */
final class IpAddressParser {

    /** Characters in the longest address: six groups and a version 4 tail. */
    private static final int MAX_LENGTH = 45;

    /** Characters in the longest address with brackets, a scope of ten digits and a port. */
    private static final int MAX_LENGTH_WITH_PORT = MAX_LENGTH + 19;

    private static final int MAX_PORT = 65_535;
    private static final int GROUPS = 8;
    private static final int HALF = GROUPS / 2;

    private IpAddressParser() {}

    static Optional<IpAddress> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return text.indexOf(':') < 0 ? v4(text).map(address -> address) : v6(text).map(address -> address);
    }

    static Optional<PeerAddress> parseWithPort(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.length() > MAX_LENGTH_WITH_PORT) {
            return Optional.empty();
        }
        int port = decimal(text.substring(colon + 1), 5);
        if (port < 0 || port > MAX_PORT) {
            return Optional.empty();
        }
        return ipBeforePort(text.substring(0, colon)).map(ip -> new PeerAddress(ip, port));
    }

    private static Optional<IpAddress> ipBeforePort(String text) {
        if (!text.startsWith("[") || !text.endsWith("]")) {
            return v4(text).map(address -> address);
        }
        String inner = text.substring(1, text.length() - 1);
        int percent = inner.indexOf('%');
        if (percent < 0) {
            return v6(inner).map(address -> address);
        }
        boolean numericScope = VersionIdentifiers.isNumeric(inner.substring(percent + 1));
        return numericScope ? v6(inner.substring(0, percent)).map(address -> address) : Optional.empty();
    }

    private static Optional<IpAddress.V4> v4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        int bits = 0;
        for (String part : parts) {
            int octet = part.length() > 1 && part.charAt(0) == '0' ? -1 : decimal(part, 3);
            if (octet < 0 || octet > 255) {
                return Optional.empty();
            }
            bits = bits << 8 | octet;
        }
        return Optional.of(new IpAddress.V4(bits));
    }

    private static Optional<IpAddress.V6> v6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true).filter(groups -> groups.length == GROUPS).map(IpAddressParser::address);
        }
        Optional<int[]> head = groups(text.substring(0, gap), false);
        Optional<int[]> tail = groups(text.substring(gap + 2), true);
        if (head.isEmpty() || tail.isEmpty() || head.get().length + tail.get().length >= GROUPS) {
            return Optional.empty();
        }
        int[] all = new int[GROUPS];
        System.arraycopy(head.get(), 0, all, 0, head.get().length);
        System.arraycopy(tail.get(), 0, all, GROUPS - tail.get().length, tail.get().length);
        return Optional.of(address(all));
    }

    /** The groups of one side of {@code ::}, or of a whole address; a version 4 tail counts as two. */
    private static Optional<int[]> groups(String text, boolean mayEndInV4) {
        if (text.isEmpty()) {
            return Optional.of(new int[0]);
        }
        String[] parts = text.split(":", -1);
        String last = parts[parts.length - 1];
        Optional<IpAddress.V4> v4 = mayEndInV4 && last.indexOf('.') >= 0 ? v4(last) : Optional.empty();
        int[] groups = new int[parts.length + (v4.isPresent() ? 1 : 0)];
        int inHex = v4.isPresent() ? parts.length - 1 : parts.length;
        for (int i = 0; i < inHex; i++) {
            groups[i] = hexadecimal(parts[i]);
            if (groups[i] < 0) {
                return Optional.empty();
            }
        }
        v4.ifPresent(tail -> {
            groups[inHex] = tail.bits() >>> 16;
            groups[inHex + 1] = tail.bits() & 0xFFFF;
        });
        return Optional.of(groups);
    }

    private static IpAddress.V6 address(int[] groups) {
        return new IpAddress.V6(half(groups, 0), half(groups, HALF));
    }

    private static long half(int[] groups, int from) {
        long half = 0;
        for (int i = from; i < from + HALF; i++) {
            half = half << 16 | groups[i];
        }
        return half;
    }

    /** The number that {@code text} writes with one to {@code maxDigits} digits, or -1; {@code maxDigits} is below 10. */
    private static int decimal(String text, int maxDigits) {
        return text.length() <= maxDigits && VersionIdentifiers.isNumeric(text) ? Integer.parseInt(text) : -1;
    }

    /** The number that {@code text} writes with one to four hexadecimal digits, or -1. */
    private static int hexadecimal(String text) {
        boolean wellFormed = !text.isEmpty()
                && text.length() <= 4
                && text.chars().allMatch(character -> character < 0x80 && Character.digit(character, 16) >= 0);
        return wellFormed ? Integer.parseInt(text, 16) : -1;
    }
}
