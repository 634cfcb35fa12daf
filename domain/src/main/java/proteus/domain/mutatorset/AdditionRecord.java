package proteus.domain.mutatorset;

import proteus.domain.hash.Digest;

/**
 * Adds one item to the mutator set.
 *
 * <p>Source: neptune-mutator-set 0.19.4, {@code addition_record.rs}.
 *
 * @param canonicalCommitment the commitment to the item, which becomes a leaf of the append-only commitment list
 */
public record AdditionRecord(Digest canonicalCommitment) {}
