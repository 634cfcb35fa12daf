package proteus.domain.transaction.rules;

/**
 * Why a transaction cannot be confirmed against a mutator set.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code transaction_kernel.rs}.
 */
public sealed interface TransactionConfirmabilityError {

    /**
     * An input is not valid against the set: it has an index beyond the window, or not just the chunks that it needs.
     *
     * @param index of the first such input
     */
    record InvalidRemovalRecord(int index) implements TransactionConfirmabilityError {}

    /** Two inputs have the same index set. */
    record DuplicateInputs() implements TransactionConfirmabilityError {}

    /**
     * All indices of an input are set already.
     *
     * @param index of the first such input
     */
    record AlreadySpentInput(int index) implements TransactionConfirmabilityError {}
}
