package proteus.domain.consensus;

import proteus.domain.block.Claim;
import proteus.domain.field.BFieldElements;
import proteus.domain.transaction.Proof;

/**
 * The verifier of the networks with mock proofs: one marker is valid whatever is claimed, all else is not.
 *
 * <p>Source: neptune-consensus 0.19.4; protocol page "consensus", section 11.
 */
public record MockProofs() implements ProofVerifier {

    /** What stands for a valid proof. */
    public static final Proof VALID = new Proof(BFieldElements.of(0));

    /** What stands for an invalid proof. */
    public static final Proof INVALID = new Proof(BFieldElements.of(1));

    @Override
    public ProofVerdict verify(Claim claim, Proof proof) {
        return proof.equals(VALID) ? ProofVerdict.VALID : ProofVerdict.INVALID;
    }
}
