/** libp2p over QUIC: one UDP socket, many connections, each with its streams; nothing else is negotiated. */
package proteus.adapters.libp2p.engine.transport.quic;
