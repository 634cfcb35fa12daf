package proteus.domain.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static proteus.domain.consensus.RegtestBlock.BLOCK;
import static proteus.domain.consensus.RegtestBlock.NOW;
import static proteus.domain.consensus.RegtestBlock.PARENT;
import static proteus.domain.consensus.RegtestBlock.REGTEST;
import static proteus.domain.consensus.RegtestBlock.announcement;
import static proteus.domain.consensus.RegtestBlock.judge;
import static proteus.domain.consensus.RegtestBlock.mined;
import static proteus.domain.consensus.RegtestBlock.timed;
import static proteus.domain.consensus.RegtestBlock.with;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.block.Block;
import proteus.domain.block.BlockAppendix;
import proteus.domain.block.BlockHash;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.Claim;
import proteus.domain.field.BFieldElements;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.network.ConsensusRuleSet;
import proteus.domain.network.Network;
import proteus.domain.transaction.Announcement;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;
import proteus.domain.transaction.TransactionKernel;

/** For each rule a block that breaks just that one; and blocks that reach the limits exactly. */
class BlockRulesTest {

    /** Made once: each needs some thousand guesses. */
    private static final List<BrokenBlock> CASES = Stream.of(
                    PlaceAndValueCases.ofParent(),
                    PlaceAndValueCases.ofPlace(),
                    PlaceAndValueCases.ofValues(),
                    ContentCases.ofContent(),
                    ContentCases.ofProof(),
                    ContentCases.ofState(),
                    LustrationRulesTest.ofLustration())
            .flatMap(List::stream)
            .toList();

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
    void theVerdictNamesTheBrokenRule(BrokenBlock broken) {
        assertThat(judge(broken.block())).isEqualTo(new BlockVerdict.Invalid(broken.rule()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void thePartsSayTheSameInAnyOrder(BrokenBlock broken) {
        List<BlockCheck> checks = new BlockValidation(REGTEST, KnownClaims.none())
                .checks(PARENT, HashedBlock.of(broken.block()), NOW)
                .all();
        List<BlockVerdict> parts = new ArrayList<>(Collections.nCopies(checks.size(), new BlockVerdict.Valid()));
        for (int i = checks.size() - 1; i >= 0; i--) {
            parts.set(i, checks.get(i).judge());
        }

        assertThat(BlockValidation.verdict(parts)).isEqualTo(new BlockVerdict.Invalid(broken.rule()));
    }

    static Stream<BrokenBlock> cases() {
        return CASES.stream();
    }

    @Test
    void everyRuleIsBrokenByOneOfTheseTests() {
        Set<BlockRule> others = EnumSet.of(
                BlockRule.TOO_MANY_INPUTS,
                BlockRule.TOO_MANY_OUTPUTS,
                BlockRule.TOO_MANY_ANNOUNCEMENTS,
                BlockRule.BAD_LUSTRATION_COUNTER_ENCODING_OF_PARENT,
                BlockRule.PROOF_OF_WORK);

        assertThat(cases().map(BrokenBlock::rule).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.complementOf(EnumSet.copyOf(others)));
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
    void limitsAreReachedExactly() {
        Timestamp time = BLOCK.kernel().header().timestamp();
        BlockValidation validation = new BlockValidation(REGTEST, KnownClaims.none());
        List<Claim> claims = new ArrayList<>(
                Collections.nCopies(499, new Claim(Digest.ZERO, 3, BFieldElements.empty(), BFieldElements.empty())));
        claims.addAll(BLOCK.kernel().appendix().claims());
        int size = BlockHash.size(BLOCK);

        assertThat(judge(timed(1).mined())).isEqualTo(new BlockVerdict.Valid());
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

        assertThat(new BlockValidation(testnet, KnownClaims.none()).validateAlone(BLOCK, NOW))
                .isEqualTo(new BlockVerdict.NotVerified(claim));
        assertThat(new BlockValidation(testnet, KnownClaims.of(List.of(claim))).validateAlone(BLOCK, NOW))
                .isEqualTo(new BlockVerdict.Valid());
        assertThat(new BlockValidation(testnet, (ignoredClaim, ignoredProof) -> ProofVerifier.ProofVerdict.INVALID)
                        .validateAlone(BLOCK, NOW))
                .isEqualTo(new BlockVerdict.Invalid(BlockRule.PROOF_VALIDITY));
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
}
