package proteus.domain.peer;

import java.util.Optional;
import proteus.domain.block.BlockHeight;

/**
 * What a Proteus node says, in the {@code extra_data} of a handshake, when this connection is to carry on the session that it
 * has with the same node over the other stack. Upstream reads nothing there.
 *
 * <p>The text is {@code ~S1,WORD;} with a word of 16 hexadecimal digits, from position {@link
 * HandshakeFlags#FIRST_FREE_POSITION} on, first or behind another text that ends in a semicolon. The word is drawn for this
 * connection alone. Over the legacy stack nobody can prove who he is; so the node that goes there says the word over the
 * libp2p connection, where it has proven that, as a request for the block of that height, right before its {@code Bye}. Such
 * heights are far above those of any chain.
 *
 * @param word in {@code [2^62, 2^63)}
 */
public record Succession(BlockHeight word) {

    private static final long LEAST = 1L << 62;
    private static final String MARKER = "~S1,";
    private static final char END = ';';
    private static final int DIGITS = 16;

    public Succession {
        if (word.value() < LEAST) {
            throw new IllegalArgumentException("a word below 2^62: " + word);
        }
    }

    /** With a word made of these random bits. */
    public static Succession of(long random) {
        return new Succession(new BlockHeight(LEAST | (random & (LEAST - 1))));
    }

    /** Finds it in {@code extraData}; empty if it is not there. */
    public static Optional<Succession> parse(String extraData) {
        if (extraData.codePointCount(0, extraData.length()) < HandshakeFlags.FIRST_FREE_POSITION) {
            return Optional.empty();
        }
        String text = extraData.substring(extraData.offsetByCodePoints(0, HandshakeFlags.FIRST_FREE_POSITION));
        int begin = text.startsWith(MARKER) ? 0 : text.indexOf(END + MARKER) + 1;
        int digits = begin + MARKER.length();
        boolean isThere = text.startsWith(MARKER, begin)
                && text.length() > digits + DIGITS
                && text.charAt(digits + DIGITS) == END;
        return isThere ? word(text.substring(digits, digits + DIGITS)) : Optional.empty();
    }

    private static Optional<Succession> word(String digits) {
        boolean areDigits = digits.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        boolean isInRange = digits.charAt(0) >= '4' && digits.charAt(0) <= '7';
        return areDigits && isInRange
                ? Optional.of(new Succession(new BlockHeight(Long.parseLong(digits, 16))))
                : Optional.empty();
    }

    /** The same text with this behind it. */
    public String addedTo(String extraData) {
        int filler = HandshakeFlags.FIRST_FREE_POSITION - extraData.codePointCount(0, extraData.length());
        return extraData + "-".repeat(Math.max(0, filler)) + MARKER + Long.toHexString(word.value()) + END;
    }

    /** The same handshake with this in it. */
    public HandshakeData addedTo(HandshakeData handshake) {
        return new HandshakeData(
                handshake.tipHeader(),
                handshake.listenPort(),
                handshake.network(),
                handshake.instanceId(),
                handshake.version(),
                handshake.isArchivalNode(),
                handshake.isBootstrapperNode(),
                handshake.timestamp(),
                addedTo(handshake.extraData()));
    }
}
