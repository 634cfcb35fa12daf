package proteus.domain.consensus;

import proteus.domain.block.Claim;

/** What can be said of a block. */
public sealed interface BlockVerdict {

    /** It keeps every rule. */
    record Valid() implements BlockVerdict {}

    /**
     * It breaks a rule.
     *
     * @param rule the first one that it breaks, in the order of upstream's checks
     */
    record Invalid(BlockRule rule) implements BlockVerdict {}

    /**
     * It breaks no rule that could be checked, but nobody here can tell whether its proof is valid.
     *
     * @param claim what the proof would have to show
     */
    record NotVerified(Claim claim) implements BlockVerdict {}
}
