package proteus.domain.transaction.rules;

/**
 * Why this node does not take a transaction. That does not make the transaction invalid: others may take it.
 *
 * <p>Source: neptune-mempool 0.19.4, {@code tx_admission.rs}; protocol page "behaviour", section 6.4. Where that page has
 * rules that it does not name, the names are of their kind.
 */
public sealed interface TxAdmissionError {

    /** A link transaction under rules that know none. */
    record LinkTransactionsNotActive() implements TxAdmissionError {}

    /** A link transaction that was made against another mutator set than that after the tip. */
    record UnsyncedLinkTransaction() implements TxAdmissionError {}

    /** It mints coins, which only blocks do. */
    record HasCoinbase() implements TxAdmissionError {}

    /** Its fee is below zero. */
    record NegativeFee() implements TxAdmissionError {}

    /** It has more inputs than leave room for those of the composer. */
    record TooManyInputs() implements TxAdmissionError {}

    /** It has more outputs than leave room for those of the composer. */
    record TooManyOutputs() implements TxAdmissionError {}

    /** It has more announcements than leave room for those of the composer. */
    record TooManyAnnouncements() implements TxAdmissionError {}

    /** It was made more than ten hours ago. */
    record TooOld() implements TxAdmissionError {}

    /** It was made more than a minute in the future. */
    record FutureDated() implements TxAdmissionError {}

    /** It retires in less than a hundred minutes. */
    record RetiresTooSoon() implements TxAdmissionError {}

    /** It is held already with a proof as good. */
    record AlreadyKnown() implements TxAdmissionError {}

    /** It has no inputs, and was made against another mutator set than that after the tip. */
    record UnsyncedWithoutInputs() implements TxAdmissionError {}

    /**
     * It cannot be confirmed against the mutator set that it was made for, or that after the tip.
     *
     * @param error why
     */
    record NotConfirmable(TransactionConfirmabilityError error) implements TxAdmissionError {}

    /**
     * A block since the one that it was made after has spent one of its inputs.
     *
     * @param index of the first such input
     */
    record SpentSince(int index) implements TxAdmissionError {}

    /** It brings out more old coins than may still come out. */
    record LustrationsWouldMakeCounterNegative() implements TxAdmissionError {}

    /** It does not show what it spends, although that may be old. */
    record MissingLustrationAnnouncement() implements TxAdmissionError {}

    /** What it brings out cannot be told. */
    record UnknownLustrationProblem() implements TxAdmissionError {}

    /** Its proof does not show it valid. */
    record Invalid() implements TxAdmissionError {}

    /** This node cannot tell whether its proof shows it valid. */
    record NotVerified() implements TxAdmissionError {}

    /** It cannot be applied to the mutator set after the tip. */
    record CannotApplyToMutatorSet() implements TxAdmissionError {}
}
