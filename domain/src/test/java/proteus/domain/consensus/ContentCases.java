package proteus.domain.consensus;

import static proteus.domain.consensus.RegtestBlock.BLOCK;
import static proteus.domain.consensus.RegtestBlock.CHAIN;
import static proteus.domain.consensus.RegtestBlock.SPENT;
import static proteus.domain.consensus.RegtestBlock.packed;
import static proteus.domain.consensus.RegtestBlock.with;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import proteus.domain.block.BlockAppendix;
import proteus.domain.block.BlockProof;
import proteus.domain.block.Claim;
import proteus.domain.field.U32Sequence;
import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrAccumulator;
import proteus.domain.mutatorset.AbsoluteIndexSet;
import proteus.domain.mutatorset.ActiveWindow;
import proteus.domain.mutatorset.ChunkDictionary;
import proteus.domain.mutatorset.MutatorSetAccumulator;
import proteus.domain.mutatorset.RemovalRecord;
import proteus.domain.transaction.Timestamp;

/** Blocks that break what needs a closer look: inputs, proof and mutator set. */
final class ContentCases {

    private ContentCases() {}

    static List<BrokenBlock> ofContent() {
        Timestamp time = BLOCK.kernel().header().timestamp();
        RemovalRecord input = BLOCK.kernel().body().transactionKernel().inputs().getFirst();
        ChunkDictionary.Entry first = input.targetChunks().entries().getFirst();
        ChunkDictionary unknownKey =
                new ChunkDictionary(List.of(new ChunkDictionary.Entry(200, first.membershipProof(), first.chunk())));
        return List.of(
                BrokenBlock.of(
                        BlockRule.REMOVAL_RECORDS_UNPACK_FAILURE,
                        "an unknown key",
                        with().inputs(List.of(new RemovalRecord(input.absoluteIndices(), unknownKey)))),
                BrokenBlock.of(
                        BlockRule.REMOVAL_RECORDS_UNPACK_FAILURE, "not packed", with().inputs(List.of(unpacked()))),
                BrokenBlock.of(
                        BlockRule.REMOVAL_RECORDS_UNIQUENESS, "the same input twice", with().inputs(twice(input))),
                BrokenBlock.of(
                        BlockRule.REMOVAL_RECORDS_UNIQUENESS,
                        "the same indices from another minimum",
                        with().inputs(List.of(input, shifted(input)))),
                BrokenBlock.of(
                        BlockRule.BAD_LUSTRATION_COUNTER_ENCODING, "a limb too large", with().pathA(27, 3, 1L << 32)),
                BrokenBlock.of(
                        BlockRule.BAD_LUSTRATION_COUNTER_ENCODING,
                        "the last limb too large",
                        with().pathA(28, 0, 1L << 32)),
                BrokenBlock.of(
                        BlockRule.TRANSACTION_RETIRED,
                        "a millisecond ago",
                        with().announcement(Retirement.announcement(time))
                                .announcement(Retirement.announcement(new Timestamp(time.millis() - 1)))));
    }

    static List<BrokenBlock> ofProof() {
        BlockAppendix appendix = BLOCK.kernel().appendix();
        Claim claim = appendix.claims().getFirst();
        return List.of(
                BrokenBlock.of(
                        BlockRule.APPENDIX_MISSING_CLAIM, "no claim", with().appendix(new BlockAppendix(List.of()))),
                BrokenBlock.of(
                        BlockRule.APPENDIX_MISSING_CLAIM,
                        "of another version",
                        with().appendix(new BlockAppendix(
                                List.of(new Claim(claim.programDigest(), 5, claim.input(), claim.output()))))),
                BrokenBlock.of(
                        BlockRule.APPENDIX_TOO_LARGE,
                        "501 claims",
                        with().appendix(new BlockAppendix(Collections.nCopies(501, claim)))),
                BrokenBlock.of(BlockRule.PROOF_QUALITY, "invalid", with().proof(new BlockProof.Invalid())),
                BrokenBlock.of(BlockRule.PROOF_QUALITY, "that of genesis", with().proof(new BlockProof.Genesis())),
                BrokenBlock.of(
                        BlockRule.PROOF_VALIDITY,
                        "the invalid marker",
                        with().proof(new BlockProof.SingleProof(MockProofs.INVALID))));
    }

    static List<BrokenBlock> ofState() {
        MutatorSetAccumulator set = BLOCK.kernel().body().mutatorSetAccumulator();
        RemovalRecord input = BLOCK.kernel().body().transactionKernel().inputs().getFirst();
        return List.of(
                BrokenBlock.of(
                        BlockRule.REMOVAL_RECORDS_VALIDITY, "already spent", with().inputs(packed(List.of(SPENT)))),
                BrokenBlock.of(
                        BlockRule.REMOVAL_RECORDS_VALIDITY,
                        "from the future",
                        with().inputs(List.of(fromTheFuture(input)))),
                BrokenBlock.of(
                        BlockRule.TRANSACTION_MUTATOR_SET_MISMATCH,
                        "for another set",
                        with().mutatorSetHash(Digest.ZERO)),
                BrokenBlock.of(
                        BlockRule.MUTATOR_SET_UPDATE_IMPOSSIBLE,
                        "one output spent in two ways of writing",
                        with().inputs(List.of(input, reordered(input)))),
                BrokenBlock.of(
                        BlockRule.MUTATOR_SET_UPDATE_INTEGRITY, "without its outputs", with().outputs(List.of())),
                BrokenBlock.of(BlockRule.MUTATOR_SET_UPDATE_INTEGRITY, "without its input", with().inputs(List.of())),
                BrokenBlock.of(
                        BlockRule.MUTATOR_SET_UPDATE_INTEGRITY,
                        "another window",
                        with().mutatorSet(new MutatorSetAccumulator(
                                set.aocl(), set.swbfInactive(), new ActiveWindow(U32Sequence.empty())))),
                BrokenBlock.of(
                        BlockRule.MUTATOR_SET_UPDATE_INTEGRITY,
                        "a peak too many",
                        with().mutatorSet(new MutatorSetAccumulator(
                                withPeak(set.aocl()), set.swbfInactive(), set.swbfActive()))),
                BrokenBlock.of(
                        BlockRule.MUTATOR_SET_UPDATE_INTEGRITY,
                        "an inactive peak too many",
                        with().mutatorSet(new MutatorSetAccumulator(
                                set.aocl(), withPeak(set.swbfInactive()), set.swbfActive()))));
    }

    /** A record with a chunk, whose number is not the key of one. */
    private static RemovalRecord unpacked() {
        return CHAIN.owned().stream()
                .map(CHAIN::removal)
                .filter(record -> !record.targetChunks().entries().isEmpty())
                .findFirst()
                .orElseThrow();
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
}
