package proteus.application.port;

import proteus.domain.block.Block;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.HeaderToBlockHashWitness;
import proteus.domain.consensus.HashedBlock;
import proteus.domain.consensus.ParentBlock;
import proteus.domain.hash.Digest;

/**
 * A block as it is kept: with its hashes, which take some milliseconds to compute.
 *
 * @param block the block
 * @param digest its hash
 * @param witness what its header lacks to give that hash
 */
public record StoredBlock(Block block, Digest digest, HeaderToBlockHashWitness witness) {

    /** {@code block} and its hashes, which are computed. */
    public static StoredBlock of(Block block) {
        return of(HashedBlock.of(block));
    }

    /** The same of a block that may have been hashed already. */
    public static StoredBlock of(HashedBlock block) {
        return new StoredBlock(
                block.block(), block.digest(), block.headerWithWitness().witness());
    }

    /** Its header. */
    public BlockHeader header() {
        return block.kernel().header();
    }

    /** Its header with what that lacks to give the hash. */
    public BlockHeaderWithBlockHashWitness headerWithWitness() {
        return new BlockHeaderWithBlockHashWitness(header(), witness);
    }

    /** The same as a parent of others. */
    public ParentBlock asParent() {
        return new ParentBlock(block, digest);
    }
}
