package proteus.domain.block;

/**
 * A block in the form that proposals and stores use; {@link TransferBlock} is what most messages carry.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code block/mod.rs}.
 *
 * @param kernel all but the proof
 * @param proof what shows the block valid
 */
public record Block(BlockKernel kernel, BlockProof proof) {}
