/**
 * Ping, {@code /ipfs/ping/1.0.0}: the opener of a stream sends 32 random bytes, the other side echoes them, again and
 * again on the same stream.
 *
 * <p>{@link proteus.adapters.libp2p.engine.ping.Pinger} is the dialler's side, {@link
 * proteus.adapters.libp2p.engine.ping.PingResponder} the listener's. Each is the last handler of a stream's pipeline,
 * added once multistream-select is over, and takes over the reading of its stream. Source: libp2p specification, "Ping".
 */
package proteus.adapters.libp2p.engine.ping;
