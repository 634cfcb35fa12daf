package proteus.application.sync;

import java.util.Optional;
import proteus.application.port.StoreException;
import proteus.domain.hash.Digest;

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
     * @param block the one that broke a rule, if one did
     */
    record BadChain(String reason, Optional<Digest> block) implements SyncEnd {}

    /**
     * Of one of its blocks this node cannot tell whether the proof is valid.
     *
     * @param height of that block
     * @param block its hash
     */
    record NotVerified(long height, Digest block) implements SyncEnd {}

    /**
     * The chain cannot be read or written any more.
     *
     * @param failure what the store said
     */
    record StoreFailed(StoreException failure) implements SyncEnd {}

    /** The node stops. */
    record Stopped() implements SyncEnd {}
}
