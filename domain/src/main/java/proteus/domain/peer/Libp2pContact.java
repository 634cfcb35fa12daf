package proteus.domain.peer;

import java.util.List;
import java.util.Optional;

/**
 * How to reach a node over libp2p: what Proteus nodes tell one another in the {@code extra_data} of a handshake, from
 * position {@link HandshakeFlags#FIRST_FREE_POSITION} on, where upstream reads nothing.
 *
 * <p>The text is {@code ~P1,ID,TCP,QUIC;} with the PeerId in base58 and each port in decimal, or {@code -} where the node
 * does not listen. It holds no character that JSON would escape. Whatever follows the semicolon is for later versions.
 *
 * @param peerId who the node proves to be on libp2p
 * @param tcpPort where it listens on TCP, in {@code [1, 65535]}; at the IP of the connection that carries this
 * @param quicPort where it listens on UDP, in {@code [1, 65535]}
 */
public record Libp2pContact(PeerId peerId, Optional<Integer> tcpPort, Optional<Integer> quicPort) {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_PORT_DIGITS = 5;
    private static final String MARKER = "~P1,";
    private static final String NO_PORT = "-";

    public Libp2pContact {
        requirePort(tcpPort);
        requirePort(quicPort);
    }

    private static void requirePort(Optional<Integer> port) {
        if (port.isPresent() && (port.get() < 1 || port.get() > MAX_PORT)) {
            throw new IllegalArgumentException("port outside 1 to 65535: " + port.get());
        }
    }

    /** Finds it in {@code extraData}; empty if it is not there or not well formed. */
    public static Optional<Libp2pContact> parse(String extraData) {
        if (extraData.codePointCount(0, extraData.length()) <= HandshakeFlags.FIRST_FREE_POSITION) {
            return Optional.empty();
        }
        int begin = extraData.offsetByCodePoints(0, HandshakeFlags.FIRST_FREE_POSITION);
        String text = extraData.substring(begin);
        int end = text.indexOf(';');
        if (!text.startsWith(MARKER) || end < 0) {
            return Optional.empty();
        }
        List<String> parts = List.of(text.substring(MARKER.length(), end).split(",", -1));
        if (parts.size() != 3 || !isPortOrNone(parts.get(1)) || !isPortOrNone(parts.get(2))) {
            return Optional.empty();
        }
        return PeerId.parse(parts.getFirst()).map(id -> new Libp2pContact(id, port(parts.get(1)), port(parts.get(2))));
    }

    private static Optional<Integer> port(String text) {
        return text.equals(NO_PORT) ? Optional.empty() : Optional.of(Integer.valueOf(text));
    }

    private static boolean isPortOrNone(String text) {
        if (text.equals(NO_PORT)) {
            return true;
        }
        boolean isShortNumber = !text.isEmpty()
                && text.length() <= MAX_PORT_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isShortNumber && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MAX_PORT;
    }

    /** The text that says this behind {@code flags}. */
    public String toExtraData(HandshakeFlags flags) {
        String before = flags.toExtraData();
        int filler = HandshakeFlags.FIRST_FREE_POSITION - before.codePointCount(0, before.length());
        return before + "-".repeat(filler) + MARKER + peerId + "," + text(tcpPort) + "," + text(quicPort) + ";";
    }

    private static String text(Optional<Integer> port) {
        return port.map(String::valueOf).orElse(NO_PORT);
    }
}
