/**
 * Neptune's peer protocol over libp2p: one stream of a connection carries the messages of one session.
 *
 * <p>{@link proteus.adapters.libp2p.gateway.GatewayTransport} is the stack. Each connection gets a {@code Gateway}, in
 * which the two sides agree on the stream and exchange their records; what comes of it is a {@code GatewayConnection}.
 * Source: behaviour of neptune-cash 0.19.4, {@code network/gateway.rs}, {@code handshake.rs}, {@code actor.rs}.
 */
package proteus.adapters.libp2p.gateway;
