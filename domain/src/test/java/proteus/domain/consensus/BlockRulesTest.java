package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.block.Block;
import proteus.domain.block.BlockAppendix;
import proteus.domain.block.BlockBody;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.BlockPow;
import proteus.domain.block.BlockProof;
import proteus.domain.block.Claim;
import proteus.domain.block.Difficulty;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.field.BFieldElements;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mutatorset.AbsoluteIndexSet;
import proteus.domain.mutatorset.ActiveWindow;
import proteus.domain.mutatorset.ChunkDictionary;
import proteus.domain.mutatorset.ChunkPacking;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.mutatorset.MutatorSetUpdate;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.mutatorset.RemovalRecordList;
import proteus.domain.network.ConsensusRuleSet;
import proteus.domain.network.Network;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransactionKernel;

/**
 * For each rule a block that breaks just that one, with a new nonce; and each field that no rule protects. On regtest, on
 * top of two blocks whose outputs can be spent.
 */
class BlockRulesTest {

    private static final Network REGTEST = new Network.RegTest();
    private static final Timestamp NOW = new Timestamp(2_000_000_000_000L);
    private static final long MINUTES = 600_000;
    private static final NativeCurrencyAmount NAU = new NativeCurrencyAmount(0, 1);

    /** More than may still come out, in two coins. */
    private static final int LARGE_OUTPUT = 0;

    /** Two coins whose sum is no amount. */
    private static final int HUGE_OUTPUT = 1;

    private static final int SPENT_OUTPUT = 2;
    private static final int OUTPUT = 3;

    private static final TestChain CHAIN = chain();
    private static final RemovalRecord SPENT = spent();
    private static final ParentBlock PARENT = CHAIN.tip();
    private static final Block BLOCK = CHAIN.mined(content(CHAIN.owned().get(OUTPUT - 1)));

    /** Made once: each needs some thousand guesses. */
    private static final List<Case> CASES = allCases();

    private static TestChain chain() {
        SplittableRandom random = new SplittableRandom(1);
        List<TestChain.Secret> outputs = new ArrayList<>(List.of(
                TestChain.Secret.of(random, NativeCurrencyAmount.ofCoins(4_000_000)),
                TestChain.Secret.of(random, NativeCurrencyAmount.MAX, NAU)));
        outputs.addAll(TestChain.secrets(random, 20));
        TestChain chain = TestChain.of(REGTEST);
        chain.grow(outputs, List.of(), MINUTES);
        chain.grow(TestChain.secrets(random, 3), List.of(chain.owned().get(SPENT_OUTPUT)), MINUTES);
        return chain;
    }

    private static RemovalRecord spent() {
        TestChain before = CHAIN.forkAt(1);
        return before.removal(before.owned().get(SPENT_OUTPUT));
    }

    private static BlockContent content(TestChain.Owned... inputs) {
        return CHAIN.content(TestChain.secrets(new SplittableRandom(2), 2), List.of(inputs), MINUTES);
    }

    /** A block and the rule that it breaks. */
    record Case(BlockRule rule, String how, Block block) {
        @Override
        public String toString() {
            return rule + ": " + how;
        }
    }

    @Test
    void theBlockItselfIsValid() {
        assertThat(judge(BLOCK)).isEqualTo(new BlockVerdict.Valid());
        assertThat(BLOCK.kernel().body().transactionKernel().inputs()).hasSize(1);
        assertThat(LustrationStatus.of(BLOCK.kernel().header().pow())
                        .orElseThrow()
                        .counter())
                .isLessThan(
                        LustrationStatus.of(PARENT.header().pow()).orElseThrow().counter());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theVerdictNamesTheBrokenRule(Case broken) {
        assertThat(judge(broken.block())).isEqualTo(new BlockVerdict.Invalid(broken.rule()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void thePartsSayTheSameInAnyOrder(Case broken) {
        List<BlockCheck> checks = new BlockValidation(REGTEST, KnownClaims.none()).checks(PARENT, broken.block(), NOW);
        List<BlockVerdict> parts = new ArrayList<>(Collections.nCopies(checks.size(), new BlockVerdict.Valid()));
        for (int i = checks.size() - 1; i >= 0; i--) {
            parts.set(i, checks.get(i).judge());
        }

        assertThat(BlockValidation.verdict(parts)).isEqualTo(new BlockVerdict.Invalid(broken.rule()));
    }

    static Stream<Case> cases() {
        return CASES.stream();
    }

    private static List<Case> allCases() {
        return Stream.of(ofParent(), ofPlace(), ofValues(), ofContent(), ofProof(), ofState(), ofLustration())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Case> ofParent() {
        BlockHeader header = BLOCK.kernel().header();
        MmrAccumulator blocks = BLOCK.kernel().body().blockMmrAccumulator();
        List<Digest> peaks = blocks.peaks();
        List<Digest> otherPeaks = new ArrayList<>(peaks);
        otherPeaks.set(0, Digest.ZERO);
        BigInteger difficulty = header.difficulty().toBigInteger();
        return List.of(
                of(
                        BlockRule.BLOCK_HEIGHT,
                        "too high",
                        with().header(old -> old.height(header.height().next()))),
                of(
                        BlockRule.BLOCK_HEIGHT,
                        "the parent's",
                        with().header(old -> old.height(PARENT.header().height()))),
                of(BlockRule.BLOCK_HEIGHT, "0", with().header(old -> old.height(BlockHeight.GENESIS))),
                of(BlockRule.PREV_BLOCK_DIGEST, "another parent", with().header(old -> old.parent(Digest.ZERO))),
                of(BlockRule.BLOCK_MMR_UPDATE, "another peak", with().blockMmr(new MmrAccumulator(3, otherPeaks))),
                of(BlockRule.BLOCK_MMR_UPDATE, "a leaf more", with().blockMmr(new MmrAccumulator(4, peaks))),
                of(BlockRule.BLOCK_MMR_UPDATE, "no peaks", with().blockMmr(new MmrAccumulator(3, List.of()))),
                of(
                        BlockRule.BLOCK_MMR_UPDATE,
                        "more peaks than leaf count allows",
                        with().blockMmr(new MmrAccumulator(3, Collections.nCopies(70, Digest.ZERO)))),
                of(BlockRule.MINIMUM_BLOCK_TIME, "as old as its parent", timed(0)),
                of(
                        BlockRule.DIFFICULTY,
                        "one more",
                        with().header(old -> old.difficulty(difficulty.longValueExact() + 1))),
                of(
                        BlockRule.DIFFICULTY,
                        "one less",
                        with().header(old -> old.difficulty(difficulty.longValueExact() - 1))),
                of(
                        BlockRule.CUMULATIVE_PROOF_OF_WORK,
                        "one more",
                        with().header(old ->
                                old.work(header.cumulativeProofOfWork().plus(Difficulty.of(BigInteger.ONE))))),
                of(
                        BlockRule.CUMULATIVE_PROOF_OF_WORK,
                        "the parent's",
                        with().header(old -> old.work(PARENT.header().cumulativeProofOfWork()))));
    }

    private static List<Case> ofPlace() {
        long future = NOW.millis() + 60_001 - PARENT.header().timestamp().millis();
        return List.of(of(BlockRule.FUTURE_DATING, "a millisecond too far", timed(future)));
    }

    private static List<Case> ofValues() {
        Timestamp time = BLOCK.kernel().header().timestamp();
        NativeCurrencyAmount subsidy = NativeCurrencyAmount.ofCoins(128);
        return List.of(
                of(BlockRule.MAX_SIZE, "a long announcement", with().announcement(announcement(1_000_000))),
                of(BlockRule.VERSION_MISMATCH, "in the header", with().header(old -> old.version(1))),
                of(BlockRule.VERSION_MISMATCH, "in the proof of work", with().pathA(26, 4, 1)),
                of(
                        BlockRule.TRANSACTION_TIMESTAMP,
                        "younger than the block",
                        with().transactionTimestamp(time.plus(1))),
                of(
                        BlockRule.TRANSACTION_TIMESTAMP,
                        "three days old",
                        with().transactionTimestamp(new Timestamp(time.millis() - 259_200_001))),
                of(
                        BlockRule.COINBASE_TOO_BIG,
                        "by the smallest unit",
                        with().coinbase(subsidy.checkedAdd(NAU).orElseThrow())),
                of(BlockRule.COINBASE_TOO_BIG, "by far", with().coinbase(new NativeCurrencyAmount(Long.MAX_VALUE, -1))),
                of(
                        BlockRule.NEGATIVE_COINBASE,
                        "by the smallest unit",
                        with().coinbase(new NativeCurrencyAmount(-1, -1))),
                of(BlockRule.NEGATIVE_COINBASE, "by far", with().coinbase(new NativeCurrencyAmount(Long.MIN_VALUE, 0))),
                of(BlockRule.NEGATIVE_FEE, "by the smallest unit", with().fee(new NativeCurrencyAmount(-1, -1))),
                of(BlockRule.NEGATIVE_FEE, "by far", with().fee(new NativeCurrencyAmount(Long.MIN_VALUE, 0))));
    }

    private static List<Case> ofContent() {
        Timestamp time = BLOCK.kernel().header().timestamp();
        RemovalRecord input = BLOCK.kernel().body().transactionKernel().inputs().getFirst();
        ChunkDictionary.Entry first = input.targetChunks().entries().getFirst();
        ChunkDictionary unknownKey =
                new ChunkDictionary(List.of(new ChunkDictionary.Entry(200, first.membershipProof(), first.chunk())));
        return List.of(
                of(
                        BlockRule.REMOVAL_RECORDS_UNPACK_FAILURE,
                        "an unknown key",
                        with().inputs(List.of(new RemovalRecord(input.absoluteIndices(), unknownKey)))),
                of(
                        BlockRule.REMOVAL_RECORDS_UNPACK_FAILURE,
                        "not packed",
                        with().inputs(List.of(CHAIN.removal(CHAIN.owned().get(OUTPUT))))),
                of(BlockRule.REMOVAL_RECORDS_UNIQUENESS, "the same input twice", with().inputs(twice(input))),
                of(
                        BlockRule.REMOVAL_RECORDS_UNIQUENESS,
                        "the same indices from another minimum",
                        with().inputs(List.of(input, shifted(input)))),
                of(BlockRule.BAD_LUSTRATION_COUNTER_ENCODING, "a limb too large", with().pathA(27, 3, 1L << 32)),
                of(BlockRule.BAD_LUSTRATION_COUNTER_ENCODING, "the last limb too large", with().pathA(28, 0, 1L << 32)),
                of(
                        BlockRule.TRANSACTION_RETIRED,
                        "a millisecond ago",
                        with().announcement(Retirement.announcement(time))
                                .announcement(Retirement.announcement(new Timestamp(time.millis() - 1)))));
    }

    private static List<Case> ofProof() {
        BlockAppendix appendix = BLOCK.kernel().appendix();
        Claim claim = appendix.claims().getFirst();
        return List.of(
                of(BlockRule.APPENDIX_MISSING_CLAIM, "no claim", with().appendix(new BlockAppendix(List.of()))),
                of(
                        BlockRule.APPENDIX_MISSING_CLAIM,
                        "of another version",
                        with().appendix(new BlockAppendix(
                                List.of(new Claim(claim.programDigest(), 5, claim.input(), claim.output()))))),
                of(
                        BlockRule.APPENDIX_TOO_LARGE,
                        "501 claims",
                        with().appendix(new BlockAppendix(Collections.nCopies(501, claim)))),
                of(BlockRule.PROOF_QUALITY, "invalid", with().proof(new BlockProof.Invalid())),
                of(BlockRule.PROOF_QUALITY, "that of genesis", with().proof(new BlockProof.Genesis())),
                of(
                        BlockRule.PROOF_VALIDITY,
                        "the invalid marker",
                        with().proof(new BlockProof.SingleProof(MockProofs.INVALID))));
    }

    private static List<Case> ofState() {
        MutatorSetAccumulator set = BLOCK.kernel().body().mutatorSetAccumulator();
        RemovalRecord input = BLOCK.kernel().body().transactionKernel().inputs().getFirst();
        return List.of(
                of(BlockRule.REMOVAL_RECORDS_VALIDITY, "already spent", with().inputs(packed(List.of(SPENT)))),
                of(BlockRule.REMOVAL_RECORDS_VALIDITY, "from the future", with().inputs(List.of(fromTheFuture(input)))),
                of(BlockRule.TRANSACTION_MUTATOR_SET_MISMATCH, "for another set", with().mutatorSetHash(Digest.ZERO)),
                of(
                        BlockRule.MUTATOR_SET_UPDATE_IMPOSSIBLE,
                        "one output spent in two ways of writing",
                        with().inputs(List.of(input, reordered(input)))),
                of(BlockRule.MUTATOR_SET_UPDATE_INTEGRITY, "without its outputs", with().outputs(List.of())),
                of(BlockRule.MUTATOR_SET_UPDATE_INTEGRITY, "without its input", with().inputs(List.of())),
                of(
                        BlockRule.MUTATOR_SET_UPDATE_INTEGRITY,
                        "another window",
                        with().mutatorSet(new MutatorSetAccumulator(
                                set.aocl(), set.swbfInactive(), new ActiveWindow(U32Sequence.empty())))),
                of(
                        BlockRule.MUTATOR_SET_UPDATE_INTEGRITY,
                        "a peak too many",
                        with().mutatorSet(new MutatorSetAccumulator(
                                withPeak(set.aocl()), set.swbfInactive(), set.swbfActive()))),
                of(
                        BlockRule.MUTATOR_SET_UPDATE_INTEGRITY,
                        "an inactive peak too many",
                        with().mutatorSet(new MutatorSetAccumulator(
                                set.aocl(), withPeak(set.swbfInactive()), set.swbfActive()))));
    }

    private static List<Case> ofLustration() {
        NativeCurrencyAmount initial = NativeCurrencyAmount.ofCoins(3_559_296);
        return List.of(
                of(
                        BlockRule.BAD_LUSTRATION_AOCL_THRESHOLD,
                        "one more",
                        with().lustration(old ->
                                new LustrationStatus(old.counter(), old.maxLustratingAoclLeafIndex() + 1))),
                of(BlockRule.MISSING_LUSTRATION_ANNOUNCEMENT, "an input not shown", with().announcements(List.of())),
                of(
                        BlockRule.MISSING_LUSTRATION_ANNOUNCEMENT,
                        "another output shown",
                        with().announcements(
                                        List.of(TestChain.shown(CHAIN.owned().getLast())))),
                of(BlockRule.UNKNOWN_LUSTRATION_PROBLEM, "a sum above all amounts", spending(HUGE_OUTPUT)),
                of(BlockRule.NEGATIVE_LUSTRATION_COUNTER, "more than there is", spending(LARGE_OUTPUT)),
                of(
                        BlockRule.LUSTRATION_COUNTER_EXCEEDS_INITIAL_VALUE,
                        "by the smallest unit",
                        with().lustration(old ->
                                counted(old, initial.checkedAdd(NAU).orElseThrow()))),
                of(
                        BlockRule.BAD_LUSTRATION_COUNTER,
                        "the initial value",
                        with().lustration(old -> counted(old, initial))),
                of(
                        BlockRule.BAD_LUSTRATION_COUNTER,
                        "negative",
                        with().lustration(old -> counted(old, new NativeCurrencyAmount(Long.MIN_VALUE, 0)))));
    }

    @Test
    void theFirstBlockStartsTheCount() {
        TestChain chain = TestChain.of(REGTEST);
        ParentBlock genesis = chain.tip();
        Block first = chain.grow(TestChain.secrets(new SplittableRandom(1), 4), List.of(), MINUTES);
        LustrationStatus status =
                LustrationStatus.of(first.kernel().header().pow()).orElseThrow();

        // 95 outputs of genesis, 4 of the block, 2 of its guesser; counted from 0.
        assertThat(status).isEqualTo(new LustrationStatus(NativeCurrencyAmount.ofCoins(3_559_296), 100));
        Block otherThreshold = Blocks.with(first)
                .lustration(old -> new LustrationStatus(old.counter(), 99))
                .mined(genesis.header());
        Block otherCounter = Blocks.with(first)
                .lustration(old -> counted(old, NativeCurrencyAmount.ofCoins(3_559_295)))
                .mined(genesis.header());
        assertThat(judge(genesis, otherThreshold))
                .isEqualTo(new BlockVerdict.Invalid(BlockRule.BAD_LUSTRATION_AOCL_THRESHOLD));
        assertThat(judge(genesis, otherCounter)).isEqualTo(new BlockVerdict.Invalid(BlockRule.BAD_LUSTRATION_COUNTER));
    }

    @Test
    void aParentWhoseCountCannotBeReadIsNamed() {
        Block unreadable = Blocks.with(PARENT.block()).pathA(27, 0, 1L << 32).block();

        assertThat(judge(new ParentBlock(unreadable, PARENT.digest()), BLOCK))
                .isEqualTo(new BlockVerdict.Invalid(BlockRule.BAD_LUSTRATION_COUNTER_ENCODING_OF_PARENT));
    }

    @Test
    void aParentWhoseGuesserCannotBePaidIsANegativeFee() {
        Block unpaid = Blocks.with(PARENT.block())
                .fee(new NativeCurrencyAmount(-1, -1))
                .block();

        assertThat(judge(new ParentBlock(unpaid, PARENT.digest()), BLOCK))
                .isEqualTo(new BlockVerdict.Invalid(BlockRule.NEGATIVE_FEE));
    }

    @Test
    void withoutItsParentABlockIsHeldToItsOwnMmr() {
        BlockValidation validation = new BlockValidation(REGTEST, KnownClaims.none());
        Block shortMmr =
                with().blockMmr(new MmrAccumulator(2, List.of(Digest.ZERO))).block();

        assertThat(validation.validateAlone(BLOCK, NOW)).isEqualTo(new BlockVerdict.Valid());
        assertThat(validation.validateAlone(shortMmr, NOW)).isEqualTo(new BlockVerdict.Invalid(BlockRule.BLOCK_HEIGHT));
    }

    @Test
    void aBlockWithoutWorkBreaksThatFirst() {
        Block guess = with().header(old -> old.height(BlockHeight.GENESIS)).block();
        Digest target = PARENT.header().difficulty().target();
        for (long nonce = 0; ParentBlock.of(guess).digest().compareTo(target) <= 0; nonce++) {
            long next = nonce;
            guess = Blocks.with(guess).pathA(0, 0, next).block();
        }

        assertThat(judge(guess)).isEqualTo(new BlockVerdict.Invalid(BlockRule.PROOF_OF_WORK));
        assertThat(new BlockValidation(REGTEST, KnownClaims.none()).validate(PARENT, guess, NOW))
                .isEqualTo(new BlockVerdict.Invalid(BlockRule.BLOCK_HEIGHT));
    }

    @Test
    void theRestIsHeldByTheTypeOfTheTransaction() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with().outputs(Collections.nCopies(
                        16_385,
                        BLOCK.kernel().body().transactionKernel().outputs().getFirst())));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with().announcements(Collections.nCopies(16_385, Announcement.empty())));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with().inputs(Collections.nCopies(
                        16_385,
                        BLOCK.kernel().body().transactionKernel().inputs().getFirst())));
        assertThat(TransactionKernel.MAX_INPUTS).isEqualTo(16_384);
    }

    @Test
    void everyRuleIsBrokenByOneOfTheseTests() {
        Set<BlockRule> others = EnumSet.of(
                BlockRule.TOO_MANY_INPUTS,
                BlockRule.TOO_MANY_OUTPUTS,
                BlockRule.TOO_MANY_ANNOUNCEMENTS,
                BlockRule.BAD_LUSTRATION_COUNTER_ENCODING_OF_PARENT,
                BlockRule.PROOF_OF_WORK);

        assertThat(cases().map(Case::rule).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.complementOf(EnumSet.copyOf(others)));
    }

    @ParameterizedTest
    @MethodSource("unprotected")
    void whatNoRuleProtectsCanBeChanged(Unprotected field) {
        assertThat(field.block()).isNotEqualTo(BLOCK);
        assertThat(judge(field.block())).isEqualTo(new BlockVerdict.Valid());
    }

    /** A block with another value in a field that no rule protects. */
    record Unprotected(String field, Block block) {
        @Override
        public String toString() {
            return field;
        }
    }

    static Stream<Unprotected> unprotected() {
        List<Digest> path = Collections.nCopies(29, new Digest(5, 5, 5, 5, 5));
        Claim claim = new Claim(Digest.ZERO, 3, BFieldElements.empty(), BFieldElements.of(1));
        List<Claim> claims = new ArrayList<>(BLOCK.kernel().appendix().claims());
        claims.add(claim);
        return Stream.of(
                free(
                        "version, if repeated",
                        with().header(old -> old.version(7)).pathA(26, 4, 7)),
                free(
                        "guesser_receiver_data",
                        with().header(old -> old.guesser(
                                        PARENT.block().kernel().header().guesserReceiverData()))
                                .header(old -> old.guesser(new GuesserReceiverData(Digest.ZERO, Digest.ZERO)))),
                free(
                        "pow.root",
                        with().pow(old -> new BlockPow(path.getFirst(), old.pathA(), old.pathB(), old.nonce()))),
                free("pow.path_b", with().pow(old -> new BlockPow(old.root(), old.pathA(), path, old.nonce()))),
                free("pow.path_a, first digest", with().pathA(0, 0, 5)),
                free("pow.path_a, digest before the version's", with().pathA(25, 4, 5)),
                free("pow.path_a, beside the version", with().pathA(26, 3, 5)),
                free(
                        "pow.path_a, after the lustration status",
                        with().pathA(28, 1, 5).pathA(28, 4, 5)),
                free("lock_free_mmr", with().lockFreeMmr(new MmrAccumulator(12, List.of(Digest.ZERO, Digest.ZERO)))),
                free("lock_free_mmr, inconsistent", with().lockFreeMmr(new MmrAccumulator(-1, List.of()))),
                free("merge_bit, where proofs are mock", with().mergeBit(false)),
                free("fee, where proofs are mock", with().fee(new NativeCurrencyAmount(Long.MAX_VALUE, -1))),
                free(
                        "claims beside the transaction's, where proofs are mock",
                        with().appendix(new BlockAppendix(claims))),
                free("announcements", with().announcement(announcement(10))));
    }

    @Test
    void limitsAreReachedExactly() {
        Timestamp time = BLOCK.kernel().header().timestamp();
        BlockValidation validation = new BlockValidation(REGTEST, KnownClaims.none());
        List<Claim> claims = new ArrayList<>(
                Collections.nCopies(499, new Claim(Digest.ZERO, 3, BFieldElements.empty(), BFieldElements.empty())));
        claims.addAll(BLOCK.kernel().appendix().claims());
        int size = BlockHash.size(BLOCK);

        assertThat(judge(timed(1).mined(PARENT.header()))).isEqualTo(new BlockVerdict.Valid());
        assertThat(validation.judge(PARENT, BLOCK, new Timestamp(time.millis() - 60_000)))
                .isEqualTo(new BlockVerdict.Valid());
        assertThat(judge(mined(with().transactionTimestamp(new Timestamp(time.millis() - 259_200_000)))))
                .isEqualTo(new BlockVerdict.Valid());
        assertThat(judge(mined(with().coinbase(NativeCurrencyAmount.ZERO)))).isEqualTo(new BlockVerdict.Valid());
        assertThat(judge(mined(with().announcement(Retirement.announcement(time)))))
                .isEqualTo(new BlockVerdict.Valid());
        assertThat(judge(mined(with().appendix(new BlockAppendix(claims))))).isEqualTo(new BlockVerdict.Valid());
        // An announcement adds its message, its length, and twice the length of what follows.
        assertThat(judge(mined(with().announcement(announcement(1_000_000 - size - 3)))))
                .isEqualTo(new BlockVerdict.Valid());
        assertThat(judge(mined(with().announcement(announcement(1_000_001 - size - 3)))))
                .isEqualTo(new BlockVerdict.Invalid(BlockRule.MAX_SIZE));
    }

    @Test
    void whatNobodyCanVerifyIsNotCalledValid() {
        Network testnet = new Network.Testnet(7);
        Claim claim = BlockClaims.block(
                ConsensusRuleSet.HARDFORK_DELTA,
                BLOCK.kernel().body(),
                BLOCK.kernel().appendix());
        BlockBody body = BLOCK.kernel().body();

        assertThat(new BlockValidation(testnet, KnownClaims.none()).validateAlone(BLOCK, NOW))
                .isEqualTo(new BlockVerdict.NotVerified(claim));
        assertThat(new BlockValidation(testnet, KnownClaims.of(List.of(claim))).validateAlone(BLOCK, NOW))
                .isEqualTo(new BlockVerdict.Valid());
        assertThat(new BlockValidation(testnet, (ignoredClaim, ignoredProof) -> ProofVerifier.ProofVerdict.INVALID)
                        .validateAlone(BLOCK, NOW))
                .isEqualTo(new BlockVerdict.Invalid(BlockRule.PROOF_VALIDITY));
        assertThat(body.transactionKernel().inputs()).isNotEmpty();
    }

    @Test
    void aBrokenRuleWeighsMoreThanAnUnverifiedProof() {
        Claim claim = BLOCK.kernel().appendix().claims().getFirst();

        assertThat(BlockValidation.verdict(List.of(
                        new BlockVerdict.Valid(),
                        new BlockVerdict.NotVerified(claim),
                        new BlockVerdict.Invalid(BlockRule.MUTATOR_SET_UPDATE_INTEGRITY),
                        new BlockVerdict.Invalid(BlockRule.BAD_LUSTRATION_COUNTER))))
                .isEqualTo(new BlockVerdict.Invalid(BlockRule.MUTATOR_SET_UPDATE_INTEGRITY));
        assertThat(BlockValidation.verdict(List.of(new BlockVerdict.NotVerified(claim), new BlockVerdict.Valid())))
                .isEqualTo(new BlockVerdict.NotVerified(claim));
    }

    private static BlockVerdict judge(Block block) {
        return judge(PARENT, block);
    }

    private static BlockVerdict judge(ParentBlock parent, Block block) {
        return new BlockValidation(REGTEST, KnownClaims.none()).judge(parent, block, NOW);
    }

    private static Blocks with() {
        return Blocks.with(BLOCK);
    }

    private static Block mined(Blocks changed) {
        return changed.mined(PARENT.header());
    }

    private static Case of(BlockRule rule, String how, Blocks changed) {
        return new Case(rule, how, mined(changed));
    }

    private static Unprotected free(String field, Blocks changed) {
        return new Unprotected(field, mined(changed));
    }

    private static Blocks timed(long later) {
        BlockContent content = CHAIN.content(List.of(), List.of(), later);
        return Blocks.with(new BlockComposer(REGTEST).compose(PARENT, content).orElseThrow());
    }

    /** A block that spends what cannot be counted: one that spends nothing, and its transaction and set replaced. */
    private static Blocks spending(int output) {
        TestChain.Owned input = CHAIN.owned().get(output);
        List<RemovalRecord> removals = List.of(CHAIN.removal(input));
        Block empty = new BlockComposer(REGTEST).compose(PARENT, content()).orElseThrow();
        MutatorSetAccumulator set = new MutatorSetUpdate(
                        removals, empty.kernel().body().transactionKernel().outputs())
                .applyTo(PARENT.mutatorSetAfter().orElseThrow())
                .orElseThrow();
        return Blocks.with(empty)
                .inputs(packed(removals))
                .announcements(List.of(TestChain.shown(input)))
                .mutatorSet(set);
    }

    private static List<RemovalRecord> packed(List<RemovalRecord> records) {
        return RemovalRecordList.pack(
                records, PARENT.mutatorSetAfter().orElseThrow().aocl().leafCount(), ChunkPacking.LONG);
    }

    private static List<RemovalRecord> twice(RemovalRecord input) {
        return List.of(input, new RemovalRecord(input.absoluteIndices(), ChunkDictionary.empty()));
    }

    /** The same positions in the same order, written from a minimum that is one less. */
    private static RemovalRecord shifted(RemovalRecord input) {
        AbsoluteIndexSet old = input.absoluteIndices();
        int[] distances = old.distances().toArray();
        for (int i = 0; i < distances.length; i++) {
            distances[i]++;
        }
        return new RemovalRecord(
                new AbsoluteIndexSet(old.minimumHigh(), old.minimumLow() - 1, U32Sequence.owning(distances)),
                ChunkDictionary.empty());
    }

    /** The same positions in another order. */
    private static RemovalRecord reordered(RemovalRecord input) {
        AbsoluteIndexSet old = input.absoluteIndices();
        int[] distances = old.distances().toArray();
        int first = distances[0];
        distances[0] = distances[44];
        distances[44] = first;
        return new RemovalRecord(
                new AbsoluteIndexSet(old.minimumHigh(), old.minimumLow(), U32Sequence.owning(distances)),
                ChunkDictionary.empty());
    }

    private static RemovalRecord fromTheFuture(RemovalRecord input) {
        return new RemovalRecord(
                new AbsoluteIndexSet(0, 1L << 40, input.absoluteIndices().distances()), ChunkDictionary.empty());
    }

    private static MmrAccumulator withPeak(MmrAccumulator mmr) {
        List<Digest> peaks = new ArrayList<>(mmr.peaks());
        peaks.add(Digest.ZERO);
        return new MmrAccumulator(mmr.leafCount(), peaks);
    }

    private static LustrationStatus counted(LustrationStatus old, NativeCurrencyAmount counter) {
        return new LustrationStatus(counter, old.maxLustratingAoclLeafIndex());
    }

    private static Announcement announcement(int elements) {
        return new Announcement(BFieldElements.owning(new long[elements]));
    }
}
