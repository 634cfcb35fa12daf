package proteus.domain.consensus;

import java.util.Optional;
import proteus.domain.block.BlockHeader;
import proteus.domain.mmr.MmrAccumulator;

/**
 * What a block has to keep relative to its parent's header and block MMR: the numbers 0.a to 0.f.
 *
 * @param candidate the block
 * @param parent its parent
 */
record ParentRules(BlockCandidate candidate, ParentBlock parent) {

    /** The first of these rules that is broken. */
    Optional<BlockRule> firstBroken() {
        BlockHeader header = candidate.header();
        BlockHeader before = parent.header();
        if (!header.height().equals(before.height().next())) {
            return Optional.of(BlockRule.BLOCK_HEIGHT);
        }
        if (!header.prevBlockDigest().equals(parent.digest())) {
            return Optional.of(BlockRule.PREV_BLOCK_DIGEST);
        }
        if (!hasParentAppended()) {
            return Optional.of(BlockRule.BLOCK_MMR_UPDATE);
        }
        if (before.timestamp().plus(candidate.parameters().minimumBlockTime()).compareTo(header.timestamp()) > 0) {
            return Optional.of(BlockRule.MINIMUM_BLOCK_TIME);
        }
        return firstBrokenOfWork(before, header);
    }

    private Optional<BlockRule> firstBrokenOfWork(BlockHeader before, BlockHeader header) {
        if (!header.difficulty().equals(DifficultyControl.next(candidate.parameters(), before, header.timestamp()))) {
            return Optional.of(BlockRule.DIFFICULTY);
        }
        ProofOfWorkCheck work = new ProofOfWorkCheck(candidate.network());
        return header.cumulativeProofOfWork()
                        .equals(before.cumulativeProofOfWork().plus(work.counting(before, header)))
                ? Optional.empty()
                : Optional.of(BlockRule.CUMULATIVE_PROOF_OF_WORK);
    }

    private boolean hasParentAppended() {
        MmrAccumulator blocks = parent.block().kernel().body().blockMmrAccumulator();
        return blocks.append(parent.digest())
                .map(MmrAccumulator.Appended::accumulator)
                .equals(Optional.of(candidate.body().blockMmrAccumulator()));
    }
}
