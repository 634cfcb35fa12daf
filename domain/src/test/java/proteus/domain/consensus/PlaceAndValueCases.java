package proteus.domain.consensus;

import static proteus.domain.consensus.RegtestBlock.BLOCK;
import static proteus.domain.consensus.RegtestBlock.NAU;
import static proteus.domain.consensus.RegtestBlock.NOW;
import static proteus.domain.consensus.RegtestBlock.PARENT;
import static proteus.domain.consensus.RegtestBlock.announcement;
import static proteus.domain.consensus.RegtestBlock.timed;
import static proteus.domain.consensus.RegtestBlock.with;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.Difficulty;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.transaction.NativeCurrencyAmount;
import proteus.domain.transaction.Timestamp;

/** Blocks that break what is seen at first sight: the place in the chain, time, size, version and amounts. */
final class PlaceAndValueCases {

    private PlaceAndValueCases() {}

    static List<BrokenBlock> ofParent() {
        BlockHeader header = BLOCK.kernel().header();
        MmrAccumulator blocks = BLOCK.kernel().body().blockMmrAccumulator();
        List<Digest> peaks = blocks.peaks();
        List<Digest> otherPeaks = new ArrayList<>(peaks);
        otherPeaks.set(0, Digest.ZERO);
        BigInteger difficulty = header.difficulty().toBigInteger();
        return List.of(
                BrokenBlock.of(
                        BlockRule.BLOCK_HEIGHT,
                        "too high",
                        with().header(old -> old.height(header.height().next()))),
                BrokenBlock.of(
                        BlockRule.BLOCK_HEIGHT,
                        "the parent's",
                        with().header(old -> old.height(PARENT.header().height()))),
                BrokenBlock.of(BlockRule.BLOCK_HEIGHT, "0", with().header(old -> old.height(BlockHeight.GENESIS))),
                BrokenBlock.of(
                        BlockRule.PREV_BLOCK_DIGEST, "another parent", with().header(old -> old.parent(Digest.ZERO))),
                BrokenBlock.of(
                        BlockRule.BLOCK_MMR_UPDATE, "another peak", with().blockMmr(new MmrAccumulator(3, otherPeaks))),
                BrokenBlock.of(
                        BlockRule.BLOCK_MMR_UPDATE, "a leaf more", with().blockMmr(new MmrAccumulator(4, peaks))),
                BrokenBlock.of(
                        BlockRule.BLOCK_MMR_UPDATE, "no peaks", with().blockMmr(new MmrAccumulator(3, List.of()))),
                BrokenBlock.of(
                        BlockRule.BLOCK_MMR_UPDATE,
                        "more peaks than leaf count allows",
                        with().blockMmr(new MmrAccumulator(3, Collections.nCopies(70, Digest.ZERO)))),
                BrokenBlock.of(BlockRule.MINIMUM_BLOCK_TIME, "as old as its parent", timed(0)),
                BrokenBlock.of(
                        BlockRule.DIFFICULTY,
                        "one more",
                        with().header(old -> old.difficulty(difficulty.longValueExact() + 1))),
                BrokenBlock.of(
                        BlockRule.DIFFICULTY,
                        "one less",
                        with().header(old -> old.difficulty(difficulty.longValueExact() - 1))),
                BrokenBlock.of(
                        BlockRule.CUMULATIVE_PROOF_OF_WORK,
                        "one more",
                        with().header(old ->
                                old.work(header.cumulativeProofOfWork().plus(Difficulty.of(BigInteger.ONE))))),
                BrokenBlock.of(
                        BlockRule.CUMULATIVE_PROOF_OF_WORK,
                        "the parent's",
                        with().header(old -> old.work(PARENT.header().cumulativeProofOfWork()))));
    }

    static List<BrokenBlock> ofPlace() {
        long future = NOW.millis() + 60_001 - PARENT.header().timestamp().millis();
        return List.of(BrokenBlock.of(BlockRule.FUTURE_DATING, "a millisecond too far", timed(future)));
    }

    static List<BrokenBlock> ofValues() {
        Timestamp time = BLOCK.kernel().header().timestamp();
        NativeCurrencyAmount subsidy = NativeCurrencyAmount.ofCoins(128);
        return List.of(
                BrokenBlock.of(BlockRule.MAX_SIZE, "a long announcement", with().announcement(announcement(1_000_000))),
                BrokenBlock.of(BlockRule.VERSION_MISMATCH, "in the header", with().header(old -> old.version(1))),
                BrokenBlock.of(BlockRule.VERSION_MISMATCH, "in the proof of work", with().pathA(26, 4, 1)),
                BrokenBlock.of(
                        BlockRule.TRANSACTION_TIMESTAMP,
                        "younger than the block",
                        with().transactionTimestamp(time.plus(1))),
                BrokenBlock.of(
                        BlockRule.TRANSACTION_TIMESTAMP,
                        "three days old",
                        with().transactionTimestamp(new Timestamp(time.millis() - 259_200_001))),
                BrokenBlock.of(
                        BlockRule.COINBASE_TOO_BIG,
                        "by the smallest unit",
                        with().coinbase(subsidy.checkedAdd(NAU).orElseThrow())),
                BrokenBlock.of(
                        BlockRule.COINBASE_TOO_BIG,
                        "by far",
                        with().coinbase(new NativeCurrencyAmount(Long.MAX_VALUE, -1))),
                BrokenBlock.of(
                        BlockRule.NEGATIVE_COINBASE,
                        "by the smallest unit",
                        with().coinbase(new NativeCurrencyAmount(-1, -1))),
                BrokenBlock.of(
                        BlockRule.NEGATIVE_COINBASE,
                        "by far",
                        with().coinbase(new NativeCurrencyAmount(Long.MIN_VALUE, 0))),
                BrokenBlock.of(
                        BlockRule.NEGATIVE_FEE, "by the smallest unit", with().fee(new NativeCurrencyAmount(-1, -1))),
                BrokenBlock.of(
                        BlockRule.NEGATIVE_FEE, "by far", with().fee(new NativeCurrencyAmount(Long.MIN_VALUE, 0))));
    }
}
