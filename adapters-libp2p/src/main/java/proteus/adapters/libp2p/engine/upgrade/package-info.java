/**
 * What the layers of a connection are to each other: raw channel, security, multiplexer, stream.
 *
 * <p>A layer is a Netty handler that is added before the handler that drives the upgrade, tells by a user event that it
 * is ready, and from then on passes on what it carries. Nothing here knows a concrete protocol.
 */
package proteus.adapters.libp2p.engine.upgrade;
