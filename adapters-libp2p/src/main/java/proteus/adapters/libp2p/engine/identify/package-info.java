/**
 * Identify, {@code /ipfs/id/1.0.0}, and its push, {@code /ipfs/id/push/1.0.0}: peers tell each other who they are, where
 * they listen and what they speak.
 *
 * <p>{@link proteus.adapters.libp2p.engine.identify.IdentifyWriter} is the side that tells: identify's listener and push's
 * dialler. {@link proteus.adapters.libp2p.engine.identify.IdentifyReader} is the side that is told: identify's dialler and
 * push's listener. Each is the last handler of a stream's pipeline, added once multistream-select is over. {@link
 * proteus.adapters.libp2p.engine.identify.SignedPeerRecord} are addresses that their owner has signed. Sources: libp2p
 * specification, "Identify v1.0.0", "Signed Envelopes", "Routing Records".
 */
package proteus.adapters.libp2p.engine.identify;
