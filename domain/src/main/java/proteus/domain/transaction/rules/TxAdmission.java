package proteus.domain.transaction.rules;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import proteus.domain.consensus.LustratedAmount;
import proteus.domain.consensus.LustrationStatus;
import proteus.domain.consensus.ProofVerifier.ProofVerdict;
import proteus.domain.consensus.Retirement;
import proteus.domain.field.BFieldElement;
import proteus.domain.mutatorset.MutatorSetUpdate;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.network.ConsensusRuleSet;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransactionKernel;
import proteus.domain.transaction.TransferLinkTx;
import proteus.domain.transaction.TransferTransaction;

/**
 * Which transactions a node takes into its mempool: policy, not consensus. The cheapest rules come first, so that a peer
 * cannot have a proof checked by sending what is refused anyway.
 *
 * <p>Source: neptune-mempool 0.19.4, {@code tx_admission.rs}; protocol page "behaviour", section 6.4.
 *
 * @param recent the mutator sets that transactions may have been made against
 * @param lustration how many old coins may still be spent after the tip; empty where lustrations are not counted
 * @param now the time
 * @param validity judges the proofs, by the rules of the next block
 */
public record TxAdmission(
        RecentMutatorSets recent, Optional<LustrationStatus> lustration, Timestamp now, TransactionValidity validity) {

    /** The most inputs, outputs or announcements: five fewer than a block may have. */
    public static final int MAX_COUNT = TransactionKernel.MAX_INPUTS - 5;

    /** For how long a transaction stays in the mempool, in milliseconds. */
    public static final long THRESHOLD_AGE_MILLIS = 10 * 3_600_000L;

    /** From how far in the future a transaction is refused, in milliseconds. */
    public static final long FUTUREDATING_LIMIT_MILLIS = 60_001;

    /** How long a transaction must not retire, in milliseconds. */
    public static final long RETIREMENT_MARGIN_MILLIS = 100 * 60_000L;

    /**
     * Why {@code transaction} is not taken; empty if it is.
     *
     * @param alreadyKnown whether it is held with a proof as good
     */
    public Optional<TxAdmissionError> errorOf(TransferTransaction transaction, boolean alreadyKnown) {
        return errorOf(
                transaction.kernel(), alreadyKnown, () -> validity.verdict(transaction.kernel(), transaction.proof()));
    }

    /**
     * Why {@code transaction} is not taken; empty if it is. That its thruputs are outputs of transactions that are held is
     * not looked at here.
     *
     * @param alreadyKnown whether it is held with a proof as good
     */
    public Optional<TxAdmissionError> errorOf(TransferLinkTx transaction, boolean alreadyKnown) {
        TransactionKernel kernel = transaction.kernel().kernel();
        if (!validity.rules().isAtLeast(ConsensusRuleSet.HARDFORK_DELTA)) {
            return Optional.of(new TxAdmissionError.LinkTransactionsNotActive());
        }
        if (!recent.isTip(kernel.mutatorSetHash())) {
            return Optional.of(new TxAdmissionError.UnsyncedLinkTransaction());
        }
        return errorOf(kernel, alreadyKnown, () -> validity.verdict(transaction.kernel(), transaction.proof()));
    }

    private Optional<TxAdmissionError> errorOf(
            TransactionKernel kernel, boolean alreadyKnown, Supplier<ProofVerdict> proof) {
        return errorOfAmounts(kernel)
                .or(() -> errorOfCounts(kernel))
                .or(() -> errorOfTimes(kernel))
                .or(() -> alreadyKnown ? Optional.of(new TxAdmissionError.AlreadyKnown()) : Optional.empty())
                .or(() -> errorOfState(kernel, proof));
    }

    private static Optional<TxAdmissionError> errorOfAmounts(TransactionKernel kernel) {
        if (kernel.coinbase().isPresent()) {
            return Optional.of(new TxAdmissionError.HasCoinbase());
        }
        return kernel.fee().isNegative() ? Optional.of(new TxAdmissionError.NegativeFee()) : Optional.empty();
    }

    private static Optional<TxAdmissionError> errorOfCounts(TransactionKernel kernel) {
        if (kernel.inputs().size() > MAX_COUNT) {
            return Optional.of(new TxAdmissionError.TooManyInputs());
        }
        if (kernel.outputs().size() > MAX_COUNT) {
            return Optional.of(new TxAdmissionError.TooManyOutputs());
        }
        return kernel.announcements().size() > MAX_COUNT
                ? Optional.of(new TxAdmissionError.TooManyAnnouncements())
                : Optional.empty();
    }

    private Optional<TxAdmissionError> errorOfTimes(TransactionKernel kernel) {
        Timestamp oldest = new Timestamp(BFieldElement.subtract(now.millis(), THRESHOLD_AGE_MILLIS));
        if (kernel.timestamp().compareTo(oldest) < 0) {
            return Optional.of(new TxAdmissionError.TooOld());
        }
        if (kernel.timestamp().compareTo(now.plus(FUTUREDATING_LIMIT_MILLIS)) >= 0) {
            return Optional.of(new TxAdmissionError.FutureDated());
        }
        boolean retires = Retirement.of(kernel.announcements())
                .filter(last -> last.compareTo(now.plus(RETIREMENT_MARGIN_MILLIS)) < 0)
                .isPresent();
        return retires ? Optional.of(new TxAdmissionError.RetiresTooSoon()) : Optional.empty();
    }

    private Optional<TxAdmissionError> errorOfState(TransactionKernel kernel, Supplier<ProofVerdict> proof) {
        if (kernel.inputs().isEmpty() && !recent.isTip(kernel.mutatorSetHash())) {
            return Optional.of(new TxAdmissionError.UnsyncedWithoutInputs());
        }
        Optional<TxAdmissionError> notConfirmable = TransactionConfirmability.errorOf(
                        kernel.inputs(),
                        recent.mutatorSet(kernel.mutatorSetHash()).orElse(recent.tip()))
                .map(TxAdmissionError.NotConfirmable::new);
        if (notConfirmable.isPresent()) {
            return notConfirmable;
        }
        return switch (caughtUp(kernel)) {
            case RecentMutatorSets.CatchUp.SpentSince(int index) -> Optional.of(new TxAdmissionError.SpentSince(index));
            case RecentMutatorSets.CatchUp.CaughtUp(var inputs) ->
                errorOfLustration(kernel).or(() -> errorOfProof(proof.get())).or(() -> errorOfUpdate(inputs, kernel));
        };
    }

    /** The inputs as the set after the tip needs them: those that were not made for a recent one are valid there already. */
    private RecentMutatorSets.CatchUp caughtUp(TransactionKernel kernel) {
        return recent.mutatorSet(kernel.mutatorSetHash()).isPresent()
                ? recent.catchUp(kernel.mutatorSetHash(), kernel.inputs())
                : new RecentMutatorSets.CatchUp.CaughtUp(kernel.inputs());
    }

    private Optional<TxAdmissionError> errorOfLustration(TransactionKernel kernel) {
        if (lustration.isEmpty()) {
            return Optional.empty();
        }
        LustratedAmount lustrated = LustratedAmount.of(
                kernel.inputs(),
                kernel.announcements(),
                lustration.get().maxLustratingAoclLeafIndex(),
                validity.rules().countsLustrationsAboveThreshold());
        return switch (lustrated) {
            case LustratedAmount.Missing() -> Optional.of(new TxAdmissionError.MissingLustrationAnnouncement());
            case LustratedAmount.Unknown() -> Optional.of(new TxAdmissionError.UnknownLustrationProblem());
            case LustratedAmount.Known(var amount) ->
                amount.compareTo(lustration.get().counter()) > 0
                        ? Optional.of(new TxAdmissionError.LustrationsWouldMakeCounterNegative())
                        : Optional.empty();
        };
    }

    private static Optional<TxAdmissionError> errorOfProof(ProofVerdict verdict) {
        return switch (verdict) {
            case VALID -> Optional.empty();
            case INVALID -> Optional.of(new TxAdmissionError.Invalid());
            case NOT_VERIFIED -> Optional.of(new TxAdmissionError.NotVerified());
        };
    }

    private Optional<TxAdmissionError> errorOfUpdate(List<RemovalRecord> inputs, TransactionKernel kernel) {
        return new MutatorSetUpdate(inputs, kernel.outputs())
                        .applyTo(recent.tip())
                        .isPresent()
                ? Optional.empty()
                : Optional.of(new TxAdmissionError.CannotApplyToMutatorSet());
    }
}
