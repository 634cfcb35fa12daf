package proteus.application.sync;

import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;

/**
 * The last block of the chain that is fetched: the anchor's tip, or what was found on top of it since.
 *
 * @param header its header
 * @param digest its hash
 */
public record Champion(BlockHeader header, Digest digest) {

    /** Its height. */
    public BlockHeight height() {
        return header.height();
    }
}
