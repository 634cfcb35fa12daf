package proteus.domain.transaction.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mutatorset.ChunkDictionary;
import proteus.domain.mutatorset.EvolvingMutatorSet;
import proteus.domain.mutatorset.Items;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.transaction.rules.TransactionConfirmabilityError.AlreadySpentInput;
import proteus.domain.transaction.rules.TransactionConfirmabilityError.DuplicateInputs;
import proteus.domain.transaction.rules.TransactionConfirmabilityError.InvalidRemovalRecord;

class TransactionConfirmabilityTest {

    private final EvolvingMutatorSet set = Items.emptySet();
    private final List<RemovalRecord> inputs = Items.removals(Items.add(new SplittableRandom(1), 600, set));
    private final MutatorSetAccumulator before = set.accumulator();

    @Test
    void inputsOfTheSetCanBeSpent() {
        assertThat(TransactionConfirmability.errorOf(inputs, before)).isEmpty();
        assertThat(TransactionConfirmability.errorOf(List.of(), before)).isEmpty();
    }

    @Test
    void anInputWithoutItsChunksIsInvalid() {
        assertThat(TransactionConfirmability.errorOf(List.of(inputs.get(1), bare(0), bare(2)), before))
                .contains(new InvalidRemovalRecord(1));
    }

    @Test
    void theSameInputTwiceIsOneTooMany() {
        assertThat(TransactionConfirmability.errorOf(List.of(inputs.get(1), inputs.get(2), inputs.get(1)), before))
                .contains(new DuplicateInputs());
    }

    @Test
    void whatIsSpentCannotBeSpentAgain() {
        spendFirst();

        assertThat(TransactionConfirmability.errorOf(List.of(current(1), current(0)), set.accumulator()))
                .contains(new AlreadySpentInput(1));
        assertThat(TransactionConfirmability.errorOf(List.of(current(1), current(2)), set.accumulator()))
                .isEmpty();
    }

    @Test
    void theFirstOfTheseErrorsIsTheAnswer() {
        spendFirst();

        assertThat(TransactionConfirmability.errorOf(List.of(current(0), current(0), bare(3)), set.accumulator()))
                .contains(new InvalidRemovalRecord(2));
        assertThat(TransactionConfirmability.errorOf(List.of(current(0), current(0)), set.accumulator()))
                .contains(new DuplicateInputs());
    }

    @Test
    void fromNoSetNothingCanBeSpent() {
        MutatorSetAccumulator inconsistent = new MutatorSetAccumulator(
                new MmrAccumulator(before.aocl().leafCount(), List.of()), before.swbfInactive(), before.swbfActive());

        assertThat(TransactionConfirmability.errorOf(inputs, inconsistent)).contains(new InvalidRemovalRecord(0));
    }

    private void spendFirst() {
        inputs.subList(0, 4).forEach(set::learn);
        set.remove(inputs.subList(0, 1));
    }

    private RemovalRecord current(int index) {
        return set.updated(inputs.get(index));
    }

    private RemovalRecord bare(int index) {
        return new RemovalRecord(inputs.get(index).absoluteIndices(), ChunkDictionary.empty());
    }
}
