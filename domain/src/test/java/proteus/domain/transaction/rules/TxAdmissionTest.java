package proteus.domain.transaction.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import proteus.domain.consensus.LustrationStatus;
import proteus.domain.consensus.MockProofs;
import proteus.domain.consensus.ProofVerifier;
import proteus.domain.consensus.Retirement;
import proteus.domain.field.BFieldElements;
import proteus.domain.field.U32Sequence;
import proteus.domain.generator.Elements;
import proteus.domain.hash.Digest;
import proteus.domain.mutatorset.AbsoluteIndexSet;
import proteus.domain.mutatorset.AdditionRecord;
import proteus.domain.mutatorset.ChunkDictionary;
import proteus.domain.mutatorset.EvolvingMutatorSet;
import proteus.domain.mutatorset.Items;
import proteus.domain.mutatorset.MsMembershipProof;
import proteus.domain.mutatorset.MutatorSetUpdate;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.network.ConsensusRuleSet;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.Coin;
import proteus.domain.transaction.LinkKernel;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Proof;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransferLinkTx;
import proteus.domain.transaction.TransferTransaction;
import proteus.domain.transaction.TransferTransactionProof;
import proteus.domain.transaction.TransparentInput;
import proteus.domain.transaction.Utxo;

/** A test for each rule, in their order; and that the cheaper answers first. */
class TxAdmissionTest {

    private static final Timestamp NOW = new Timestamp(1_800_000_000_000L);
    private static final long HOUR = 3_600_000;
    private static final long MINUTE = 60_000;
    private static final Announcement OTHER = new Announcement(BFieldElements.of(1, 2, 3));

    private final SplittableRandom random = new SplittableRandom(1);
    private final EvolvingMutatorSet set = Items.emptySet();
    private final List<RemovalRecord> inputs =
            Items.removals(Items.add(random, 600, set)).subList(0, 3);
    private final RecentMutatorSets recent = RecentMutatorSets.of(set.accumulator());
    private final Kernels plain = Kernels.plain(inputs, NOW, recent.tip().hash());

    private final ProofVerifier untouched = (claim, proof) -> {
        throw new AssertionError("a proof was looked at before all cheaper rules were");
    };

    @Test
    void aPlainTransactionIsTaken() {
        assertThat(errorOf(plain)).isEmpty();
        assertThat(errorOf(link(plain), ConsensusRuleSet.HARDFORK_DELTA)).isEmpty();
    }

    @Test
    void linkTransactionsNeedDelta() {
        assertThat(errorOf(link(plain), ConsensusRuleSet.HARDFORK_GAMMA))
                .contains(new TxAdmissionError.LinkTransactionsNotActive());
    }

    @Test
    void linkTransactionsAreOfTheTip() {
        RecentMutatorSets later = recent.extendedBy(additions(1)).orElseThrow();

        assertThat(admission(later, untouched).errorOf(link(plain), false))
                .contains(new TxAdmissionError.UnsyncedLinkTransaction());
    }

    @Test
    void onlyBlocksMint() {
        assertThat(errorOf(plain.withCoinbase(NativeCurrencyAmount.ZERO))).contains(new TxAdmissionError.HasCoinbase());
        assertThat(errorOf(link(plain.withCoinbase(NativeCurrencyAmount.ZERO)), ConsensusRuleSet.HARDFORK_DELTA))
                .contains(new TxAdmissionError.HasCoinbase());
    }

    @Test
    void theFeeIsNotNegative() {
        assertThat(errorOf(plain.withFee(new NativeCurrencyAmount(-1, -1))))
                .contains(new TxAdmissionError.NegativeFee());
        assertThat(errorOf(plain.withFee(NativeCurrencyAmount.ZERO))).isEmpty();
    }

    @Test
    void thereIsRoomForTheComposersInputsAndOutputs() {
        AdditionRecord output = plain.outputs().getFirst();
        RemovalRecord unknown =
                new RemovalRecord(new AbsoluteIndexSet(1, 0, U32Sequence.owning(new int[45])), ChunkDictionary.empty());

        assertThat(errorOf(plain.withInputs(Collections.nCopies(16_380, unknown))))
                .contains(new TxAdmissionError.TooManyInputs());
        assertThat(errorOf(plain.withInputs(Collections.nCopies(16_379, unknown))))
                .contains(new TxAdmissionError.NotConfirmable(
                        new TransactionConfirmabilityError.InvalidRemovalRecord(0)));
        assertThat(errorOf(plain.withOutputs(Collections.nCopies(16_380, output))))
                .contains(new TxAdmissionError.TooManyOutputs());
        assertThat(errorOf(plain.withOutputs(Collections.nCopies(16_379, output))))
                .isEmpty();
        assertThat(errorOf(plain.withAnnouncements(Collections.nCopies(16_380, OTHER))))
                .contains(new TxAdmissionError.TooManyAnnouncements());
        assertThat(errorOf(plain.withAnnouncements(Collections.nCopies(16_379, OTHER))))
                .isEmpty();
    }

    @Test
    void aTransactionIsAtMostTenHoursOld() {
        assertThat(errorOf(plain.withTimestamp(before(10 * HOUR)))).isEmpty();
        assertThat(errorOf(plain.withTimestamp(before(10 * HOUR + 1)))).contains(new TxAdmissionError.TooOld());
    }

    @Test
    void aTransactionIsAtMostAMinuteAhead() {
        assertThat(errorOf(plain.withTimestamp(NOW.plus(MINUTE)))).isEmpty();
        assertThat(errorOf(plain.withTimestamp(NOW.plus(MINUTE + 1)))).contains(new TxAdmissionError.FutureDated());
    }

    @Test
    void aTransactionDoesNotRetireSoon() {
        Announcement soon = Retirement.announcement(NOW.plus(100 * MINUTE - 1));
        Announcement later = Retirement.announcement(NOW.plus(100 * MINUTE));

        assertThat(errorOf(plain.withAnnouncements(List.of(later, OTHER)))).isEmpty();
        assertThat(errorOf(plain.withAnnouncements(List.of(later, soon))))
                .contains(new TxAdmissionError.RetiresTooSoon());
    }

    @Test
    void whatIsHeldIsNotTakenAgain() {
        assertThat(admission(recent, untouched).errorOf(transaction(plain, MockProofs.VALID), true))
                .contains(new TxAdmissionError.AlreadyKnown());
    }

    @Test
    void withoutInputsATransactionIsOfTheTip() {
        RecentMutatorSets later = recent.extendedBy(additions(1)).orElseThrow();
        Kernels without = plain.withInputs(List.of());

        assertThat(errorOf(without)).isEmpty();
        assertThat(admission(later, untouched).errorOf(transaction(without, MockProofs.VALID), false))
                .contains(new TxAdmissionError.UnsyncedWithoutInputs());
    }

    @Test
    void inputsAreConfirmableAgainstTheSetThatTheyWereMadeForOrTheTip() {
        RecentMutatorSets later = recent.extendedBy(additions(500)).orElseThrow();
        assertThat(admission(later, new MockProofs()).errorOf(transaction(plain, MockProofs.VALID), false))
                .isEmpty();

        // The same inputs with a name that is unknown are for the tip, where they are not valid.
        Kernels unnamed = plain.withMutatorSetHash(Digest.ZERO);
        assertThat(errorOf(unnamed)).isEmpty();
        assertThat(admission(later, untouched).errorOf(transaction(unnamed, MockProofs.VALID), false))
                .contains(new TxAdmissionError.NotConfirmable(
                        new TransactionConfirmabilityError.InvalidRemovalRecord(0)));
        assertThat(errorOf(plain.withInputs(List.of(inputs.get(0), inputs.get(0)))))
                .contains(new TxAdmissionError.NotConfirmable(new TransactionConfirmabilityError.DuplicateInputs()));
    }

    @Test
    void inputsHaveNotBeenSpentSince() {
        RecentMutatorSets later = recent.extendedBy(new MutatorSetUpdate(List.of(inputs.get(1)), List.of()))
                .orElseThrow();

        assertThat(admission(later, untouched).errorOf(transaction(plain, MockProofs.VALID), false))
                .contains(new TxAdmissionError.SpentSince(1));
    }

    @Test
    void oldInputsAreShownAndNotMoreThanThereAre() {
        NativeCurrencyAmount amount = NativeCurrencyAmount.ofCoins(7);
        Utxo utxo = new Utxo(Digest.ZERO, List.of(Coin.nativeCurrency(amount)));
        Digest sender = Elements.digest(random);
        Digest receiver = Elements.digest(random);
        MsMembershipProof proof = set.add(utxo.hash(), sender, receiver);
        RecentMutatorSets sets = RecentMutatorSets.of(set.accumulator());
        Kernels unshown =
                Kernels.plain(List.of(proof.drop(utxo.hash())), NOW, sets.tip().hash());
        Kernels shown = unshown.withAnnouncements(
                List.of(new TransparentInput(utxo, proof.aoclLeafIndex(), sender, receiver).toAnnouncement()));
        LustrationStatus enough = new LustrationStatus(amount, proof.aoclLeafIndex());
        LustrationStatus tooLittle =
                new LustrationStatus(new NativeCurrencyAmount(amount.high(), amount.low() - 1), proof.aoclLeafIndex());
        LustrationStatus onlyOlder = new LustrationStatus(NativeCurrencyAmount.ZERO, 0);

        assertThat(errorOf(shown, sets, enough)).isEmpty();
        assertThat(errorOf(unshown, sets, enough)).contains(new TxAdmissionError.MissingLustrationAnnouncement());
        assertThat(errorOf(shown, sets, tooLittle))
                .contains(new TxAdmissionError.LustrationsWouldMakeCounterNegative());
        assertThat(errorOf(unshown, sets, onlyOlder)).isEmpty();
    }

    @Test
    void whatCannotBeOldOrNewIsNotTaken() {
        // In the window, but further from the minimum than an item's indices are.
        int[] distances = new int[45];
        Arrays.fill(distances, 1 << 20);
        RemovalRecord impossible =
                new RemovalRecord(new AbsoluteIndexSet(0, 0, U32Sequence.owning(distances)), ChunkDictionary.empty());
        Kernels kernels = plain.withInputs(List.of(impossible));

        assertThat(errorOf(kernels)).isEmpty();
        assertThat(errorOf(kernels, recent, new LustrationStatus(NativeCurrencyAmount.MAX, 5)))
                .contains(new TxAdmissionError.UnknownLustrationProblem());
    }

    @Test
    void theProofHolds() {
        assertThat(admission(recent, new MockProofs()).errorOf(transaction(plain, MockProofs.INVALID), false))
                .contains(new TxAdmissionError.Invalid());
        assertThat(admission(recent, (claim, proof) -> ProofVerifier.ProofVerdict.NOT_VERIFIED)
                        .errorOf(transaction(plain, MockProofs.VALID), false))
                .contains(new TxAdmissionError.NotVerified());
        TransferLinkTx unproven = new TransferLinkTx(new LinkKernel(plain.kernel(), List.of()), MockProofs.INVALID);
        assertThat(errorOf(unproven, ConsensusRuleSet.HARDFORK_DELTA)).contains(new TxAdmissionError.Invalid());
    }

    @Test
    void theInputsCanBeSpentTogether() {
        // The one index that the first has is the other's, too.
        int[] distances = new int[45];
        distances[0] = 1;
        long windowStart = recent.tip().swbfInactive().leafCount() * 4096;
        RemovalRecord one = new RemovalRecord(
                new AbsoluteIndexSet(0, windowStart, U32Sequence.owning(new int[45])), ChunkDictionary.empty());
        RemovalRecord two = new RemovalRecord(
                new AbsoluteIndexSet(0, windowStart, U32Sequence.owning(distances)), ChunkDictionary.empty());

        assertThat(errorOf(plain.withInputs(List.of(one)))).isEmpty();
        assertThat(errorOf(plain.withInputs(List.of(two)))).isEmpty();
        assertThat(errorOf(plain.withInputs(List.of(one, two))))
                .contains(new TxAdmissionError.CannotApplyToMutatorSet());
    }

    @Test
    void theFirstRuleThatIsBrokenIsTheAnswer() {
        Kernels bad = plain.withInputs(Collections.nCopies(16_380, inputs.getFirst()))
                .withTimestamp(before(11 * HOUR))
                .withFee(new NativeCurrencyAmount(-1, 0))
                .withCoinbase(NativeCurrencyAmount.ZERO);
        List<TxAdmissionError> answers = new ArrayList<>();
        for (Kernels kernels : List.of(
                bad,
                plain.withInputs(bad.inputs()).withTimestamp(bad.timestamp()).withFee(bad.fee()),
                plain.withInputs(bad.inputs()).withTimestamp(bad.timestamp()),
                plain.withTimestamp(bad.timestamp()).withInputs(List.of(inputs.get(0), inputs.get(0))))) {
            answers.add(admission(recent, untouched)
                    .errorOf(transaction(kernels, MockProofs.INVALID), true)
                    .orElseThrow());
        }

        assertThat(answers)
                .containsExactly(
                        new TxAdmissionError.HasCoinbase(),
                        new TxAdmissionError.NegativeFee(),
                        new TxAdmissionError.TooManyInputs(),
                        new TxAdmissionError.TooOld());
    }

    private Optional<TxAdmissionError> errorOf(Kernels kernels) {
        return admission(recent, new MockProofs()).errorOf(transaction(kernels, MockProofs.VALID), false);
    }

    private static Optional<TxAdmissionError> errorOf(
            Kernels kernels, RecentMutatorSets sets, LustrationStatus status) {
        TransactionValidity validity = new TransactionValidity(ConsensusRuleSet.HARDFORK_DELTA, new MockProofs());
        return new TxAdmission(sets, Optional.of(status), NOW, validity)
                .errorOf(transaction(kernels, MockProofs.VALID), false);
    }

    private Optional<TxAdmissionError> errorOf(TransferLinkTx link, ConsensusRuleSet rules) {
        return new TxAdmission(recent, Optional.empty(), NOW, new TransactionValidity(rules, new MockProofs()))
                .errorOf(link, false);
    }

    private static TxAdmission admission(RecentMutatorSets sets, ProofVerifier verifier) {
        return new TxAdmission(
                sets, Optional.empty(), NOW, new TransactionValidity(ConsensusRuleSet.HARDFORK_DELTA, verifier));
    }

    private static TransferTransaction transaction(Kernels kernels, Proof proof) {
        return new TransferTransaction(kernels.kernel(), new TransferTransactionProof.SingleProof(proof));
    }

    private static TransferLinkTx link(Kernels kernels) {
        return new TransferLinkTx(new LinkKernel(kernels.kernel(), List.of()), MockProofs.VALID);
    }

    private static Timestamp before(long millis) {
        return new Timestamp(NOW.millis() - millis);
    }

    private MutatorSetUpdate additions(int count) {
        return new MutatorSetUpdate(
                List.of(),
                Stream.generate(() -> new AdditionRecord(Elements.digest(random)))
                        .limit(count)
                        .toList());
    }
}
