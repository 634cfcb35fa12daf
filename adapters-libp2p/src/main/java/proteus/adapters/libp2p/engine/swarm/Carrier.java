package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.Optional;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;

/** A transport, as the swarm uses it: from an address to an established connection. Safe for use by many threads. */
interface Carrier {

    /** Whether {@code address} is one of this transport. */
    boolean carries(Multiaddr address);

    /** Accepts at {@code address}, which it carries. The channel listens until it is closed. */
    ChannelFuture listen(Multiaddr address);

    /** Whether what was accepted ends with its listener. */
    boolean isListenerOfConnections();

    /** Where {@code listener} listens. */
    Multiaddr addressOf(Channel listener);

    /** Dials the address of {@code account}, which it carries, and tells {@code account} and {@code attempt} how it went. */
    Dial.Abort dial(ConnectionAccount account, Optional<PeerId> expected, Dial.Attempt attempt);
}
