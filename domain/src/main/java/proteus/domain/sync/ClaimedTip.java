package proteus.domain.sync;

import java.util.List;
import proteus.domain.block.BlockHeight;
import proteus.domain.block.ProofOfWork;
import proteus.domain.hash.Digest;

/**
 * What a peer claimed of its chain, and at which heights it was asked to show it.
 *
 * @param digest the tip's hash
 * @param cumulativeProofOfWork the chain's work
 * @param heights the challenged ones
 */
public record ClaimedTip(Digest digest, ProofOfWork cumulativeProofOfWork, List<BlockHeight> heights) {

    public ClaimedTip {
        heights = List.copyOf(heights);
    }
}
