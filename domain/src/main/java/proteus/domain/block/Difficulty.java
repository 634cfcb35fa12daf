package proteus.domain.block;

import proteus.domain.field.U32Sequence;

/**
 * How many guesses a block is worth on average.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code difficulty_control.rs}.
 *
 * @param limbs the bits of the number, exactly 5 words, least significant first; no minimum is enforced here
 */
public record Difficulty(U32Sequence limbs) {

    /** Words in the number. */
    public static final int LIMBS = 5;

    public Difficulty {
        if (limbs.size() != LIMBS) {
            throw new IllegalArgumentException("expected 5 limbs, not " + limbs.size());
        }
    }
}
