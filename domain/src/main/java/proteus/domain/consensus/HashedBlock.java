package proteus.domain.consensus;

import proteus.domain.block.Block;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.hash.Digest;
import proteus.domain.transaction.TransactionHash;

/**
 * A block and the hashes of its parts, each of which is computed when it is first asked for and then kept: hashing the
 * body is most of the work that a small block costs.
 *
 * <p>Safe for use by many threads.
 */
public final class HashedBlock {

    private final Block block;
    private final Memoised<Digest> transactionHash;
    private final Memoised<Digest> bodyHash;
    private final Memoised<BlockHeaderWithBlockHashWitness> headerWithWitness;
    private final Memoised<Digest> digest;
    private final Memoised<Integer> size;

    private HashedBlock(Block block) {
        this.block = block;
        this.transactionHash =
                new Memoised<>(() -> TransactionHash.of(block.kernel().body().transactionKernel()));
        this.bodyHash = new Memoised<>(() -> BlockHash.ofBody(block.kernel().body(), transactionHash()));
        this.headerWithWitness = new Memoised<>(
                () -> new BlockHeaderWithBlockHashWitness(header(), BlockHash.witness(block, bodyHash())));
        this.digest = new Memoised<>(() -> BlockHash.of(headerWithWitness()));
        this.size = new Memoised<>(() -> BlockHash.size(block));
    }

    /** {@code block}, nothing of it hashed yet. */
    public static HashedBlock of(Block block) {
        return new HashedBlock(block);
    }

    /** The block. */
    public Block block() {
        return block;
    }

    /** Its header. */
    public BlockHeader header() {
        return block.kernel().header();
    }

    /** The hash that names it. */
    public Digest digest() {
        return digest.get();
    }

    /** Its size by consensus: the number of field elements in its encoding. */
    public int size() {
        return size.get();
    }

    /** Its header and what that lacks to give the block's hash. */
    public BlockHeaderWithBlockHashWitness headerWithWitness() {
        return headerWithWitness.get();
    }

    /** The MAST hash of its transaction kernel. */
    Digest transactionHash() {
        return transactionHash.get();
    }

    /** The MAST hash of its body, which names the block while it is a proposal. */
    public Digest bodyHash() {
        return bodyHash.get();
    }
}
