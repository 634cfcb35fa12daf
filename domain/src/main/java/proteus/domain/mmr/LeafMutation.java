package proteus.domain.mmr;

import proteus.domain.hash.Digest;

/**
 * Puts another leaf in the place of one in a Merkle mountain range.
 *
 * @param leafIndex the leaf's number, unsigned
 * @param newLeaf what takes its place
 * @param membershipProof the path of the leaf before the mutation, and before all others of its batch
 */
public record LeafMutation(long leafIndex, Digest newLeaf, MmrMembershipProof membershipProof) {}
