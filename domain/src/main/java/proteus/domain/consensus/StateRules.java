package proteus.domain.consensus;

import java.util.List;
import java.util.Optional;
import proteus.domain.mutatorset.EvolvingMutatorSet;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.mutatorset.MutatorSetUpdate;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.transaction.TransactionKernel;

/**
 * What a block has to keep relative to the mutator set after its parent: the numbers 2.b, 2.t, 2.d and 2.e.
 *
 * @param candidate the block
 * @param parent its parent
 */
record StateRules(BlockCandidate candidate, ParentBlock parent) {

    /** The first of these rules that is broken. */
    Optional<BlockRule> firstBroken() {
        if (candidate.inputs().isEmpty()) {
            return Optional.of(BlockRule.REMOVAL_RECORDS_UNPACK_FAILURE);
        }
        Optional<MutatorSetAccumulator> before = parent.mutatorSetAfter();
        if (before.isEmpty()) {
            // Upstream's name for a parent whose guesser cannot be paid.
            return Optional.of(BlockRule.NEGATIVE_FEE);
        }
        EvolvingMutatorSet set = EvolvingMutatorSet.of(before.get()).orElseThrow();
        return firstBroken(before.get(), set, candidate.inputs().get());
    }

    private Optional<BlockRule> firstBroken(
            MutatorSetAccumulator before, EvolvingMutatorSet set, List<RemovalRecord> inputs) {
        if (!inputs.stream().allMatch(input -> set.learn(input) && set.canRemove(input))) {
            return Optional.of(BlockRule.REMOVAL_RECORDS_VALIDITY);
        }
        TransactionKernel kernel = candidate.transaction();
        if (!kernel.mutatorSetHash().equals(before.hash())) {
            return Optional.of(BlockRule.TRANSACTION_MUTATOR_SET_MISMATCH);
        }
        if (!set.hasRoomFor(kernel.outputs().size()) || !new MutatorSetUpdate(inputs, kernel.outputs()).applyTo(set)) {
            return Optional.of(BlockRule.MUTATOR_SET_UPDATE_IMPOSSIBLE);
        }
        return set.accumulator()
                        .hash()
                        .equals(candidate.body().mutatorSetAccumulator().hash())
                ? Optional.empty()
                : Optional.of(BlockRule.MUTATOR_SET_UPDATE_INTEGRITY);
    }
}
