package proteus.adapters.libp2p.engine.swarm;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;

/** A transport, as the swarm uses it: from an address to an established connection. Safe for use by many threads. */
interface Carrier {

    /** Whether {@code address} is one of this transport. */
    boolean carries(Multiaddr address);

    /**
     * Listens at {@code address}, which it carries, and lets in who comes as long as {@code accepting} says so. The channel
     * listens until it is closed.
     */
    ChannelFuture listen(Multiaddr address, BooleanSupplier accepting);

    /**
     * Gives up {@code listener}, which accepts nothing any more; done when it is closed, with its port free, or when it is
     * known that it stays open until what it carries is over.
     */
    Future<Void> stopListening(Channel listener);

    /** Takes {@link #stopListening} back; fails if {@code listener} is closed, and its port is free then. */
    Future<Void> keep(Channel listener);

    /** Where {@code listener} listens. */
    Multiaddr addressOf(Channel listener);

    /** Dials the address of {@code account}, which it carries, and tells {@code account} and {@code attempt} how it went. */
    Dial.Abort dial(ConnectionAccount account, Optional<PeerId> expected, Dial.Attempt attempt);
}
