package proteus.domain.block;

import proteus.domain.field.BFieldElement;
import proteus.domain.hash.Digest;
import proteus.domain.transaction.Timestamp;

/**
 * The part of a block that links it to its parent and carries its work.
 *
 * <p>Source: neptune-consensus 0.19.4, {@code block_header.rs}.
 *
 * @param version a canonical field element
 * @param height the block's height
 * @param prevBlockDigest the hash of the parent
 * @param timestamp when the block was found
 * @param pow the proof-of-work solution
 * @param cumulativeProofOfWork the work of the chain up to this block
 * @param difficulty how hard a block is to find; which block it applies to depends on the rule set
 * @param guesserReceiverData where the guesser's reward goes
 */
public record BlockHeader(
        long version,
        BlockHeight height,
        Digest prevBlockDigest,
        Timestamp timestamp,
        BlockPow pow,
        ProofOfWork cumulativeProofOfWork,
        Difficulty difficulty,
        GuesserReceiverData guesserReceiverData) {

    public BlockHeader {
        BFieldElement.requireCanonical(version);
    }
}
