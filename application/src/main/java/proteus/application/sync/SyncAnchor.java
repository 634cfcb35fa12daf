package proteus.application.sync;

import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;

/**
 * The chain to catch up with, as a peer has shown it. Its blocks are told from others by {@code blocks}, which never
 * changes.
 *
 * @param blocks all of them up to the tip
 * @param tip the header of its last block
 * @param digest the hash of its last block
 */
public record SyncAnchor(MmrAccumulator blocks, BlockHeader tip, Digest digest) {

    public SyncAnchor {
        if (blocks.leafCount() != tip.height().value() + 1) {
            throw new IllegalArgumentException(blocks.leafCount() + " blocks up to height " + tip.height());
        }
    }

    /** The height of its last block. */
    public BlockHeight height() {
        return tip.height();
    }
}
