package proteus.application.chain;

import proteus.domain.block.Claim;
import proteus.domain.consensus.BlockRule;
import proteus.domain.hash.Digest;

/** What became of the blocks that somebody brought. */
public sealed interface BranchOutcome {

    /**
     * The last of them is the tip now.
     *
     * @param change what that changed
     */
    record Adopted(TipChange change) implements BranchOutcome {}

    /** They are valid and stored now, but the tip is better than the last of them. */
    record Kept() implements BranchOutcome {}

    /** They are valid, but the tip is better than the last of them, so they were not stored. */
    record NotBetter() implements BranchOutcome {}

    /** All of them were stored before, and the tip is better than the last of them, or is it. */
    record Known() implements BranchOutcome {}

    /**
     * The parent of the first of them is not stored. None was judged.
     *
     * @param parent that parent
     */
    record UnknownParent(Digest parent) implements BranchOutcome {}

    /**
     * One of them breaks a rule. None was stored.
     *
     * @param block the first bad one
     * @param rule what it breaks
     */
    record Invalid(Digest block, BlockRule rule) implements BranchOutcome {}

    /**
     * Of one of them nobody here can tell whether its proof is valid. None was stored.
     *
     * @param block the first such one; those before it are valid
     * @param claim what its proof would have to show
     */
    record NotVerified(Digest block, Claim claim) implements BranchOutcome {}
}
