package proteus.domain.peer;

import proteus.domain.hash.Digest;

/**
 * A piece of a serialised archival mutator set.
 *
 * <p>Source: neptune-p2p 0.19.4, {@code archival_mutator_set_request.rs}.
 *
 * @param blockHash the block after which the set was taken
 * @param totalLength bytes of the whole, unsigned
 * @param offset where this piece begins, in bytes, unsigned
 * @param bytes the piece
 */
public record ArchivalMutatorSetFrame(Digest blockHash, long totalLength, long offset, ByteSequence bytes) {}
