package proteus.application.sync;

import java.util.Optional;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.mmr.MmrMembershipProof;

/**
 * A block that came from a peer and waits for those before it.
 *
 * @param block the block, hashed
 * @param path shows it to be of the anchor's chain; empty for a block above the anchor
 * @param from who sent it
 */
record FetchedBlock(HashedBlock block, Optional<MmrMembershipProof> path, SyncPeer from) {

    /** What a block takes besides its field elements: its lists, paths and hashes. */
    private static final long OVERHEAD = 4096;

    long height() {
        return block.header().height().value();
    }

    /** What it takes of memory, about, in bytes. */
    long bytes() {
        return (long) Long.BYTES * block.size() + OVERHEAD;
    }
}
