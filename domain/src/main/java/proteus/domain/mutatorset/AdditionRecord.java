package proteus.domain.mutatorset;

import proteus.domain.hash.Digest;
import proteus.domain.hash.Tip5;

/**
 * Adds one item to the mutator set.
 *
 * <p>Source: neptune-mutator-set 0.19.4, {@code addition_record.rs}.
 *
 * @param canonicalCommitment the commitment to the item, which becomes a leaf of the append-only commitment list
 */
public record AdditionRecord(Digest canonicalCommitment) {

    /**
     * The record that adds {@code item}.
     *
     * @param senderRandomness chosen by who adds it
     * @param receiverDigest the hash of what only who may remove it knows
     */
    public static AdditionRecord commit(Digest item, Digest senderRandomness, Digest receiverDigest) {
        return new AdditionRecord(Tip5.hashPair(Tip5.hashPair(item, senderRandomness), receiverDigest));
    }

    /** The hash of a receiver's secret, which commitments are made with. */
    public static Digest receiverDigest(Digest receiverPreimage) {
        return Tip5.hashPair(receiverPreimage, Digest.ZERO);
    }
}
