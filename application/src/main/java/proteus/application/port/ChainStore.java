package proteus.application.port;

import java.util.List;
import java.util.Optional;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;

/**
 * What the node keeps of the chain over restarts: all blocks that it found valid, and which of them are the chain.
 *
 * <p>The <em>chain</em> is one block of each height from genesis on; its last one is the tip. Blocks beside it are kept
 * too, and none is ever removed. The leafs of the block MMR are the digests of the chain, the mutator set after the tip
 * follows from the tip's block: neither is stored apart.
 *
 * <p>A write has its whole effect or none, whatever happens in the midst of it, and when it returns it survives power
 * loss. Methods block until then; an implementation does its work on threads of its own, so they may be called from
 * virtual threads. Safe for use by many threads.
 */
public interface ChainStore extends AutoCloseable {

    /** The digest of the chain's last block; empty if nothing was stored yet. */
    Optional<Digest> tip() throws StoreException;

    /**
     * The digests of the chain from one height on, lowest first; fewer than {@code most} where it ends.
     *
     * @throws IllegalArgumentException if {@code most} is negative
     */
    List<Digest> chain(BlockHeight from, int most) throws StoreException;

    /** The block with this digest, of the chain or beside it. */
    Optional<Block> block(Digest digest) throws StoreException;

    /** The header of the block with this digest, of the chain or beside it. */
    Optional<BlockHeaderWithBlockHashWitness> header(Digest digest) throws StoreException;

    /** The digests of all blocks of one height, of the chain and beside it; in the order of their bytes. */
    List<Digest> blocksAt(BlockHeight height) throws StoreException;

    /** Stores blocks beside the chain. Does nothing for those that are there. */
    void keep(List<StoredBlock> blocks) throws StoreException;

    /**
     * Stores blocks, and makes {@code branch} the end of the chain: its first block is of height {@code from}, each other
     * one of the next height, and no block of the old chain above them stays in it.
     *
     * @param blocks stored like those of {@link #keep}
     * @param from at most one above the tip
     * @param branch blocks that are stored, these included; not empty
     * @throws IllegalArgumentException if {@code from} is too high, or {@code branch} is empty or names a block that is
     *     not stored or of another height
     */
    void adopt(List<StoredBlock> blocks, BlockHeight from, List<Digest> branch) throws StoreException;

    /** Closes. Does nothing the second time. */
    @Override
    void close() throws StoreException;
}
