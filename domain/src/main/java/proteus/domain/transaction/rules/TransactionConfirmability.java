package proteus.domain.transaction.rules;

import java.util.List;
import java.util.Optional;
import proteus.domain.mutatorset.EvolvingMutatorSet;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.transaction.rules.TransactionConfirmabilityError.AlreadySpentInput;
import proteus.domain.transaction.rules.TransactionConfirmabilityError.DuplicateInputs;
import proteus.domain.transaction.rules.TransactionConfirmabilityError.InvalidRemovalRecord;

/**
 * Whether the inputs of a transaction can be spent, which does not depend on its proof.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code transaction_kernel.rs}.
 */
public final class TransactionConfirmability {

    private TransactionConfirmability() {}

    /**
     * Why {@code inputs} cannot be spent from {@code mutatorSet}; empty if they can.
     *
     * @param inputs not packed
     * @param mutatorSet that of a block; from one that is not consistent nothing can be spent
     */
    public static Optional<TransactionConfirmabilityError> errorOf(
            List<RemovalRecord> inputs, MutatorSetAccumulator mutatorSet) {
        if (inputs.isEmpty()) {
            return Optional.empty();
        }
        return EvolvingMutatorSet.of(mutatorSet)
                .map(set -> errorOf(inputs, set))
                .orElseGet(() -> Optional.of(new InvalidRemovalRecord(0)));
    }

    private static Optional<TransactionConfirmabilityError> errorOf(
            List<RemovalRecord> inputs, EvolvingMutatorSet set) {
        for (int i = 0; i < inputs.size(); i++) {
            if (!set.learn(inputs.get(i))) {
                return Optional.of(new InvalidRemovalRecord(i));
            }
        }
        long distinct =
                inputs.stream().map(RemovalRecord::absoluteIndices).distinct().count();
        if (distinct != inputs.size()) {
            return Optional.of(new DuplicateInputs());
        }
        for (int i = 0; i < inputs.size(); i++) {
            if (!set.canRemove(inputs.get(i))) {
                return Optional.of(new AlreadySpentInput(i));
            }
        }
        return Optional.empty();
    }
}
