package proteus.domain.block;

import proteus.domain.transaction.Proof;

/**
 * A block as one peer sends it to another. The hash is never sent; the receiver computes it.
 *
 * <p>Source: neptune-p2p 0.19.4, {@code transfer_block.rs}.
 *
 * @param header links the block and carries its work
 * @param body what the block does
 * @param appendix what its proof shows
 * @param proof shows the block valid; a genesis block has none and is never sent
 */
public record TransferBlock(BlockHeader header, BlockBody body, BlockAppendix appendix, Proof proof) {

    /** The same block in the form that is kept and hashed: the kind of proof is said. */
    public Block toBlock() {
        return new Block(new BlockKernel(header, body, appendix), new BlockProof.SingleProof(proof));
    }
}
