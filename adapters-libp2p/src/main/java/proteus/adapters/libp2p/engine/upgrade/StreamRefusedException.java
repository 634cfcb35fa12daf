package proteus.adapters.libp2p.engine.upgrade;

/** A stream could not be opened: too many are, or the connection is ending. */
public final class StreamRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    /** A refusal with the values that explain it. */
    public StreamRefusedException(String message) {
        super(message);
    }
}
