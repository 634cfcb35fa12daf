package proteus.domain.block;

import proteus.domain.hash.Digest;

/**
 * What is needed, beside a header, to compute a block's hash.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code block_header.rs}.
 *
 * @param bodyLeaf the leaf of the body in the kernel's MAST
 * @param appendixLeaf the leaf of the appendix
 * @param proofLeaf the leaf of the proof
 */
public record HeaderToBlockHashWitness(Digest bodyLeaf, Digest appendixLeaf, Digest proofLeaf) {}
