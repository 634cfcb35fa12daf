package proteus.domain.transaction;

import proteus.domain.field.BFieldElements;

/**
 * A Triton VM proof, or on networks with mock proofs whatever stands for one; opaque here.
 *
 * <p>Source: triton-vm 9.0.1; neptune-consensus 0.19.4, {@code neptune_proof.rs}.
 *
 * @param elements the proof's field elements; may be none
 */
public record Proof(BFieldElements elements) {

    private static final Proof EMPTY = new Proof(BFieldElements.empty());

    /** The proof of no elements. */
    public static Proof empty() {
        return EMPTY;
    }
}
