package proteus.adapters.libp2p.engine.identity;

/** Bytes or text from outside are no key or no peer id. */
public final class MalformedKeyException extends Exception {

    private static final long serialVersionUID = 1;

    /** Says what is wrong. */
    public MalformedKeyException(String message) {
        super(message);
    }

    /** Says what is wrong, with its cause. */
    public MalformedKeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
