/**
 * Yamux ({@code /yamux/1.0.0}): many streams on one secured channel.
 *
 * <p>{@link proteus.adapters.libp2p.engine.yamux.YamuxHandler} is the session. It puts before itself a codec that only
 * ever holds one header of twelve bytes, the pinger, and one small handler for each limit on abuse; these report what
 * they find as a user event, and the session alone decides what becomes of the connection. Each stream is a Netty
 * channel on the event loop of its connection.
 *
 * <p>The rules are those of the yamux specification of libp2p, and where it is silent those of rust-yamux and go-yamux.
 */
package proteus.adapters.libp2p.engine.yamux;
