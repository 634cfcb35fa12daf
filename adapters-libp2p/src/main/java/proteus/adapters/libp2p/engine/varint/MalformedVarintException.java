package proteus.adapters.libp2p.engine.varint;

/** Bytes from outside are no unsigned varint: too long, not minimal, or cut off. */
public final class MalformedVarintException extends Exception {

    private static final long serialVersionUID = 1;

    /** Says what is wrong. */
    public MalformedVarintException(String message) {
        super(message);
    }
}
