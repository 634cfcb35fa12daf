package proteus.adapters.libp2p.engine.stream;

/** Bytes from outside are no sequence of frames, or a frame is longer than is allowed. */
public final class MalformedFrameException extends Exception {

    private static final long serialVersionUID = 1;

    /** Says what is wrong. */
    public MalformedFrameException(String message) {
        super(message);
    }

    /** Says what is wrong, with its cause. */
    public MalformedFrameException(String message, Throwable cause) {
        super(message, cause);
    }
}
