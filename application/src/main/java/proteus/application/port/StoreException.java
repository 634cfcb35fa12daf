package proteus.application.port;

/** The store could not read or write. */
public final class StoreException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Store store;
    private final Reason reason;

    /** With the store, the reason, a message that an operator understands, and what the library threw. */
    public StoreException(Store store, Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.store = store;
        this.reason = reason;
    }

    /** With the store, the reason and a message that an operator understands. */
    public StoreException(Store store, Reason reason, String message) {
        super(message);
        this.store = store;
        this.reason = reason;
    }

    /** Of the peer store, with the reason, a message that an operator understands, and what the library threw. */
    public StoreException(Reason reason, String message, Throwable cause) {
        this(Store.PEERS, reason, message, cause);
    }

    /** Of the peer store, with the reason and a message that an operator understands. */
    public StoreException(Reason reason, String message) {
        this(Store.PEERS, reason, message);
    }

    /** Which store it is. */
    public Store store() {
        return store;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }

    /** The stores that there are. */
    public enum Store {
        /** {@link PeerStore}, of which there can be backups. */
        PEERS,
        /** {@link ChainStore}, which others have too. */
        CHAIN
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
