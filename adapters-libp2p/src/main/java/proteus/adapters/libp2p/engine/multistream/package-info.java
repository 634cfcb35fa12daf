/**
 * Agrees on a protocol by multistream-select 1.0, for each layer of a connection and for each stream.
 *
 * <p>{@link MultistreamDialler} proposes and {@link MultistreamListener} answers. Both stand in front of the handler that
 * waits for the agreement, tell it {@link ProtocolNegotiated} as a user event, and leave; what they have read too far goes
 * to whatever stands behind them by then. {@link NegotiationTimeout} bounds the time, if nothing else does.
 *
 * <p>Source: libp2p specification, "connections" and "multistream-select".
 */
package proteus.adapters.libp2p.engine.multistream;
