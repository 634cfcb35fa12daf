package proteus.adapters.libp2p.engine.identify;

/** Bytes from outside are no peer record that its own peer has signed. */
public final class MalformedPeerRecordException extends Exception {

    private static final long serialVersionUID = 1;

    /** Says what is wrong. */
    public MalformedPeerRecordException(String message) {
        super(message);
    }

    /** Says what is wrong, with its cause. */
    public MalformedPeerRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
