package proteus.domain.mutatorset;

/**
 * Removes one item from the mutator set, without saying which.
 *
 * <p>Source: neptune-mutator-set 0.19.4, {@code removal_record.rs}.
 *
 * @param absoluteIndices the Bloom filter positions that the removal sets
 * @param targetChunks the inactive chunks among them; in a packed list the first record holds all, the others none
 */
public record RemovalRecord(AbsoluteIndexSet absoluteIndices, ChunkDictionary targetChunks) {}
