package proteus.domain.block;

import java.util.Optional;
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

    /** {@code block} as it is sent; empty if it has no proof, as the first block of a chain. */
    public static Optional<TransferBlock> of(Block block) {
        BlockKernel kernel = block.kernel();
        return switch (block.proof()) {
            case BlockProof.SingleProof(var proof) ->
                Optional.of(new TransferBlock(kernel.header(), kernel.body(), kernel.appendix(), proof));
            case BlockProof.Genesis() -> Optional.empty();
            case BlockProof.Invalid() -> Optional.empty();
        };
    }

    /** The same block in the form that is kept and hashed: the kind of proof is said. */
    public Block toBlock() {
        return new Block(new BlockKernel(header, body, appendix), new BlockProof.SingleProof(proof));
    }
}
