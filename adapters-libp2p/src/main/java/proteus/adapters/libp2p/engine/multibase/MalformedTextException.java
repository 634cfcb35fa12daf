package proteus.adapters.libp2p.engine.multibase;

/** Text from outside is not in its base. */
public final class MalformedTextException extends Exception {

    private static final long serialVersionUID = 1;

    /** Says what is wrong, and where. */
    public MalformedTextException(String message) {
        super(message);
    }
}
