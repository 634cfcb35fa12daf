package proteus.domain.block;

import proteus.domain.transaction.Proof;

/**
 * What shows a block valid.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code block/mod.rs}.
 */
public sealed interface BlockProof {

    /** The first block needs no proof. */
    record Genesis() implements BlockProof {}

    /** There is none, and the block is known to be invalid. */
    record Invalid() implements BlockProof {}

    /**
     * One proof of the block's claims.
     *
     * @param proof that proof
     */
    record SingleProof(Proof proof) implements BlockProof {}
}
