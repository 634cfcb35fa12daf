package proteus.application.bridge;

/**
 * What one Proteus node says to another over the protocols that only they speak: one for each {@link
 * proteus.domain.peer.PeerMessage}, sorted by how it travels.
 *
 * <p>Immutable, and safe for use by many threads.
 */
public sealed interface Libp2pMessage
        permits HandshakeExchange, BlockExchange, PeerExchange, TransactionExchange, GossipEnvelope, SyncFrame {}
