package proteus.domain.block;

/**
 * A block without its proof: what its hash covers.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code block_kernel.rs}.
 *
 * @param header links the block and carries its work
 * @param body what the block does
 * @param appendix what its proof shows
 */
public record BlockKernel(BlockHeader header, BlockBody body, BlockAppendix appendix) {}
