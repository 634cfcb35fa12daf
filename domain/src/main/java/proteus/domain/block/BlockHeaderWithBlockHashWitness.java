package proteus.domain.block;

/**
 * A header from which the block's hash, and so its work, can be checked without the block.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code block_header.rs}.
 *
 * @param header the header
 * @param witness the rest of what the hash covers
 */
public record BlockHeaderWithBlockHashWitness(BlockHeader header, HeaderToBlockHashWitness witness) {}
