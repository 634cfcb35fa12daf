package proteus.domain.peer;

import proteus.domain.block.BlockHeight;
import proteus.domain.block.ProofOfWork;
import proteus.domain.hash.Digest;

/**
 * Tells of a new tip, in the form for peers up to version 0.19.0.
 *
 * @param hash the block's hash
 * @param height its height
 * @param cumulativeProofOfWork its chain's work
 */
public record PeerBlockNotification(Digest hash, BlockHeight height, ProofOfWork cumulativeProofOfWork) {}
