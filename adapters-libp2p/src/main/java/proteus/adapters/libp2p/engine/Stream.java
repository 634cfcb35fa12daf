package proteus.adapters.libp2p.engine;

import io.netty.channel.socket.DuplexChannel;

/**
 * One stream of a connection, whose protocol is agreed on.
 *
 * <p>What flows is the business of the handlers in the pipeline of {@link #channel()}: {@code ByteBuf}s both ways. How
 * half-close, close and reset look there is the same for every transport, see {@link
 * proteus.adapters.libp2p.engine.upgrade.StreamMuxer}.
 */
public interface Stream {

    /** The connection that carries it. */
    Connection connection();

    /** The protocol id. */
    String protocol();

    /** The Netty channel, on the event loop of its connection. */
    DuplexChannel channel();

    /** Ends both directions at once; what is queued may be lost. Safe to be called by any thread. */
    void reset();
}
