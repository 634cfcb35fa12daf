package proteus.domain.consensus;

import java.util.Optional;
import proteus.domain.block.BlockHeader;
import proteus.domain.block.BlockHeaderWithBlockHashWitness;
import proteus.domain.network.Network;
import proteus.domain.network.NetworkParameters;

/**
 * What an announced header has to keep before its block is asked for. That it names its parent is not among it: who
 * calls has found the parent.
 *
 * <p>Pure and safe for use by many threads. Source: neptune-consensus 0.19.4; protocol pages "consensus", section 5.4,
 * and "behaviour", section 2.3.2.
 *
 * @param network whose rules apply
 */
public record HeaderValidation(Network network) {

    /** The first rule that a header on top of {@code parent} breaks: height, difficulty, work of the chain, own work. */
    public Optional<BlockRule> firstBroken(BlockHeader parent, BlockHeaderWithBlockHashWitness announced) {
        BlockHeader header = announced.header();
        ProofOfWorkCheck work = new ProofOfWorkCheck(network);
        if (!header.height().equals(parent.height().next())) {
            return Optional.of(BlockRule.BLOCK_HEIGHT);
        }
        if (!header.difficulty()
                .equals(DifficultyControl.next(NetworkParameters.of(network), parent, header.timestamp()))) {
            return Optional.of(BlockRule.DIFFICULTY);
        }
        if (!header.cumulativeProofOfWork()
                .equals(parent.cumulativeProofOfWork().plus(work.counting(parent, header)))) {
            return Optional.of(BlockRule.CUMULATIVE_PROOF_OF_WORK);
        }
        return work.announced(parent, announced) == WorkVerdict.ENOUGH
                ? Optional.empty()
                : Optional.of(BlockRule.PROOF_OF_WORK);
    }
}
