package proteus.adapters.libp2p.engine.upgrade;

/** The remote has reset a stream, or the connection under it has broken. */
public final class StreamResetException extends Exception {

    private static final long serialVersionUID = 1;

    /** A reset with the values that explain it. */
    public StreamResetException(String message) {
        super(message);
    }
}
