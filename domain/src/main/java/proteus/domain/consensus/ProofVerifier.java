package proteus.domain.consensus;

import proteus.domain.block.Claim;
import proteus.domain.transaction.Proof;

/**
 * Says whether a proof shows a claim. What verifies real proofs stays outside of this package.
 *
 * <p>Safe for use by many threads. A call may take long; it has no effect beside its answer.
 */
@FunctionalInterface
public interface ProofVerifier {

    /** The verdict on {@code proof} as a proof of {@code claim}. */
    ProofVerdict verify(Claim claim, Proof proof);

    /** What can be said of a proof. */
    enum ProofVerdict {
        /** It shows the claim. */
        VALID,

        /** It does not show the claim. */
        INVALID,

        /** This verifier cannot tell. */
        NOT_VERIFIED
    }
}
