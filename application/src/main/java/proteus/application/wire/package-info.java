/**
 * The bytes of the peer protocol: bincode in both of its integer widths, which both peer stacks carry.
 *
 * <p>Public are {@link proteus.application.wire.PeerMessageCodec} for messages, {@link
 * proteus.application.wire.HandshakeRecordCodec} for the gateway's handshake, {@link
 * proteus.application.wire.BincodeForm} for single types and {@link proteus.application.wire.FrameKind} for telling a
 * message's kind from its first bytes. Beside each other in the other classes stand, for each type, what reads and what
 * writes it; nothing is reflective.
 *
 * <p>Decoding trusts nothing. Whatever the bytes are, the outcome is a value or a {@link
 * proteus.application.wire.MalformedMessageException}; an announced length is compared with the bytes that are there
 * before memory is taken, and all memory taken is at most 64 times the input and 1 MiB.
 */
package proteus.application.wire;
