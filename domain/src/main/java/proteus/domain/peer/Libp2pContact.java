package proteus.domain.peer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final String MARKER = "~P1,";
    private static final String NO_PORT = "-";
    private static final Pattern FORM =
            Pattern.compile(Pattern.quote(MARKER) + "([1-9A-HJ-NP-Za-km-z]{1,64}),(-|[0-9]{1,5}),(-|[0-9]{1,5});.*");

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
        Matcher match = FORM.matcher(extraData.substring(begin));
        if (!match.matches()) {
            return Optional.empty();
        }
        Optional<Integer> tcp = port(match.group(2));
        Optional<Integer> quic = port(match.group(3));
        boolean wellFormed = isPortOrNone(tcp) && isPortOrNone(quic);
        return wellFormed ? PeerId.parse(match.group(1)).map(id -> new Libp2pContact(id, tcp, quic)) : Optional.empty();
    }

    private static Optional<Integer> port(String text) {
        return text.equals(NO_PORT) ? Optional.empty() : Optional.of(Integer.valueOf(text));
    }

    private static boolean isPortOrNone(Optional<Integer> port) {
        return port.isEmpty() || (port.get() >= 1 && port.get() <= MAX_PORT);
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
