package proteus.domain.consensus;

import java.util.Optional;
import proteus.domain.block.Block;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.Genesis;
import proteus.domain.block.GuesserFee;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.MutatorSetAccumulator;

/**
 * A valid block on which another is to stand.
 *
 * @param block the block
 * @param digest its hash
 */
public record ParentBlock(Block block, Digest digest) {

    /** {@code block} and its hash, which is computed. */
    public static ParentBlock of(Block block) {
        return new ParentBlock(block, BlockHash.of(block));
    }

    /** The first block. */
    public static ParentBlock of(Genesis genesis) {
        return new ParentBlock(genesis.block(), genesis.digest());
    }

    /** Its header. */
    public BlockHeader header() {
        return block.kernel().header();
    }

    /** The mutator set that the next block builds on; empty if this block is not valid after all. */
    public Optional<MutatorSetAccumulator> mutatorSetAfter() {
        return GuesserFee.mutatorSetAfter(block, digest);
    }
}
