package proteus.adapters.libp2p.engine.multiaddr;

/** Bytes or text from outside are no multiaddr. */
public final class MalformedMultiaddrException extends Exception {

    private static final long serialVersionUID = 1;

    private static final int MAX_QUOTED = 64;

    /** Says what is wrong, and where. */
    public MalformedMultiaddrException(String message) {
        super(message);
    }

    /** The beginning of a text from outside, such that a message may contain it. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("'");
        for (int i = 0; i < Math.min(text.length(), MAX_QUOTED); i++) {
            char next = text.charAt(i);
            quoted.append(next > ' ' && next < 0x7F ? next : '?');
        }
        return quoted.append(text.length() > MAX_QUOTED ? "…'" : "'").toString();
    }
}
