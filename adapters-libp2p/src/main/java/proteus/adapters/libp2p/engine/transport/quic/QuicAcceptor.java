package proteus.adapters.libp2p.engine.transport.quic;

import io.netty.channel.ChannelHandler;
import java.net.InetSocketAddress;
import proteus.adapters.libp2p.engine.upgrade.SecurityFailedException;

/** Decides about inbound connections and is told of them. Called on the event loop of the listener; must not block. */
public interface QuicAcceptor {

    /**
     * Whether {@code remote} may begin a handshake. Asked before any cryptography, at each first packet; one that is
     * refused gets no answer and sends several. Above the calm number of handshakes the address is proven by then.
     */
    boolean admits(InetSocketAddress remote);

    /**
     * Takes over a connection whose remote is proven.
     *
     * @return fills the pipeline of each stream that the remote opens; must be sharable, such as an initializer
     */
    ChannelHandler secured(QuicConnection connection);

    /** An admitted handshake failed. */
    void failed(InetSocketAddress remote, SecurityFailedException why);
}
