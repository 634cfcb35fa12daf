package proteus.domain.mutatorset;

import proteus.domain.hash.Digest;
import proteus.domain.mmr.MmrMembershipProof;

/**
 * Proves that an item is in the mutator set: what its owner keeps, and keeps up to date.
 *
 * <p>Source: neptune-mutator-set 0.19.4, {@code ms_membership_proof.rs}.
 *
 * @param senderRandomness chosen by who added the item
 * @param receiverPreimage known to who may remove it; a secret until then
 * @param authPathAocl the path of the item's commitment
 * @param aoclLeafIndex the number of the item's commitment, unsigned
 * @param targetChunks the inactive chunks among the item's indices
 */
public record MsMembershipProof(
        Digest senderRandomness,
        Digest receiverPreimage,
        MmrMembershipProof authPathAocl,
        long aoclLeafIndex,
        ChunkDictionary targetChunks) {

    /** What added {@code item}. */
    public AdditionRecord additionRecord(Digest item) {
        return AdditionRecord.commit(item, senderRandomness, AdditionRecord.receiverDigest(receiverPreimage));
    }

    /** What removes {@code item}, valid where this proof is. */
    public RemovalRecord drop(Digest item) {
        return new RemovalRecord(indices(item), targetChunks);
    }

    AbsoluteIndexSet indices(Digest item) {
        return AbsoluteIndexSet.compute(item, senderRandomness, receiverPreimage, aoclLeafIndex);
    }
}
