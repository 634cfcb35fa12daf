package proteus.application.sync;

import proteus.application.port.StoreException;

/** How a sync ended. */
sealed interface SyncEnd {

    /**
     * All blocks of the chain are here.
     *
     * @param height of the last one
     */
    record Finished(long height) implements SyncEnd {}

    /**
     * It cannot go on; another may.
     *
     * @param reason for the log
     */
    record Failed(String reason) implements SyncEnd {}

    /**
     * The chain is not one to follow.
     *
     * @param reason for the log
     */
    record BadChain(String reason) implements SyncEnd {}

    /**
     * Of one of its blocks this node cannot tell whether the proof is valid.
     *
     * @param height of that block
     */
    record NotVerified(long height) implements SyncEnd {}

    /**
     * The chain cannot be read or written any more.
     *
     * @param failure what the store said
     */
    record StoreFailed(StoreException failure) implements SyncEnd {}

    /** The node stops. */
    record Stopped() implements SyncEnd {}
}
