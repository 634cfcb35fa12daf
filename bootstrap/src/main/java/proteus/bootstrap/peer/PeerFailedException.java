package proteus.bootstrap.peer;

/** What was asked of a remote peer did not succeed; the message says why. */
public final class PeerFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    PeerFailedException(String message) {
        super(message);
    }

    PeerFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
