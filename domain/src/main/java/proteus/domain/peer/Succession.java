package proteus.domain.peer;

/**
 * The word by which a Proteus node says, in the {@code extra_data} of a handshake, that this connection is to carry on the
 * session that it has with the same node over the other stack. Upstream reads nothing there.
 *
 * <p>It is the text {@code ~S1;}, from position {@link HandshakeFlags#FIRST_FREE_POSITION} on, first or behind another text
 * that ends in a semicolon.
 */
public final class Succession {

    private static final String MARK = "~S1;";
    private static final char END = ';';

    private Succession() {}

    /** The same with the word in it. */
    public static String mark(String extraData) {
        int filler = HandshakeFlags.FIRST_FREE_POSITION - extraData.codePointCount(0, extraData.length());
        return isMarked(extraData) ? extraData : extraData + "-".repeat(Math.max(0, filler)) + MARK;
    }

    /** Whether the word is in it. */
    public static boolean isMarked(String extraData) {
        if (extraData.codePointCount(0, extraData.length()) < HandshakeFlags.FIRST_FREE_POSITION) {
            return false;
        }
        String text = extraData.substring(extraData.offsetByCodePoints(0, HandshakeFlags.FIRST_FREE_POSITION));
        return text.startsWith(MARK) || text.contains(END + MARK);
    }

    /** {@code handshake} with the word in it. */
    public static HandshakeData mark(HandshakeData handshake) {
        return new HandshakeData(
                handshake.tipHeader(),
                handshake.listenPort(),
                handshake.network(),
                handshake.instanceId(),
                handshake.version(),
                handshake.isArchivalNode(),
                handshake.isBootstrapperNode(),
                handshake.timestamp(),
                mark(handshake.extraData()));
    }
}
