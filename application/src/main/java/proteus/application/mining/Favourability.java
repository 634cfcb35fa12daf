package proteus.application.mining;

import java.util.Optional;
import proteus.domain.transaction.NativeCurrencyAmount;

/**
 * Whether a foreign proposal is better than what a node holds; the first of these that applies.
 *
 * <p>Source: neptune-cash 0.19.4, {@code state/mod.rs}; protocol page "behaviour", section 6.1.
 */
public enum Favourability {
    /** It does not stand on the tip, or has not the height after it. */
    MISPLACED,
    /** The node made one itself, and holds to it. */
    OWN_IS_HELD,
    /** It pays what the held one pays. */
    PAYS_THE_SAME,
    /** It pays nothing, or less than the held one. */
    PAYS_TOO_LITTLE,
    /** It is better. */
    BETTER;

    /**
     * What a proposal is to a node that holds {@code held}. One with a negative reward counts as better when none is held;
     * that it is not valid is for others to say.
     *
     * @param fits whether it stands on the tip, or as far as only its height is known, has the height after it
     */
    static Favourability of(boolean fits, NativeCurrencyAmount reward, Optional<Proposal> held) {
        if (!fits) {
            return MISPLACED;
        }
        if (held.filter(proposal -> proposal.origin() == Proposal.Origin.OWN).isPresent()) {
            return OWN_IS_HELD;
        }
        int order = held.map(proposal -> reward.compareTo(proposal.reward())).orElse(1);
        if (order == 0) {
            return PAYS_THE_SAME;
        }
        return order < 0 || reward.equals(NativeCurrencyAmount.ZERO) ? PAYS_TOO_LITTLE : BETTER;
    }
}
