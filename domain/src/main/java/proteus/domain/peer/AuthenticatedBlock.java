package proteus.domain.peer;

import proteus.domain.block.TransferBlock;
import proteus.domain.mmr.MmrMembershipProof;

/**
 * A block and what shows that it belongs to the requester's chain.
 *
 * @param block the block
 * @param membershipProof relative to the anchor that the request named
 */
public record AuthenticatedBlock(TransferBlock block, MmrMembershipProof membershipProof) {}
