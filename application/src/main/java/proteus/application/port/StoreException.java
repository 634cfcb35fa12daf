package proteus.application.port;

/** The store could not read or write. */
public final class StoreException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** With the reason, a message that an operator understands, and what the library threw. */
    public StoreException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** With the reason and a message that an operator understands. */
    public StoreException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }

    /** What can be wrong with a store. */
    public enum Reason {
        /** Another process has it open. */
        LOCKED,
        /** A newer version of the program wrote it. */
        NEWER_SCHEMA,
        /** Its files are damaged or missing. */
        CORRUPT,
        /** It belongs to another network. */
        OTHER_NETWORK,
        /** The disk is full, or reading or writing failed. */
        IO,
        /** It was closed. */
        CLOSED
    }
}
