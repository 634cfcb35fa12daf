package proteus.domain.block;

import proteus.domain.field.U32Sequence;

/**
 * How many guesses a chain is worth: the sum of the difficulties of its blocks.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code difficulty_control.rs}.
 *
 * @param limbs the bits of the number, exactly 6 words, least significant first
 */
public record ProofOfWork(U32Sequence limbs) {

    /** Words in the number. */
    public static final int LIMBS = 6;

    public ProofOfWork {
        if (limbs.size() != LIMBS) {
            throw new IllegalArgumentException("expected 6 limbs, not " + limbs.size());
        }
    }
}
