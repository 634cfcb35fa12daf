package proteus.adapters.libp2p.engine;

import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.Optional;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.limits.ResourceUsage;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;

/**
 * A libp2p host: it listens, dials, and opens and accepts streams by protocol id.
 *
 * <p>It serves identify and ping by itself. Safe for use by many threads; no method blocks but {@link #close()}, and a
 * future must not be waited for on an event loop.
 */
public interface Host extends AutoCloseable {

    /** Who this host is. */
    PeerId peerId();

    /**
     * Accepts connections at {@code address}, such as {@code /ip4/0.0.0.0/tcp/9801} or {@code
     * /ip6/::/udp/9800/quic-v1}; port 0 lets the system choose.
     *
     * @return the address with the port that it got; fails with {@code IllegalArgumentException} if it is of no
     *     transport of this host, with an {@code IOException} if the system refuses
     */
    Future<Multiaddr> listen(Multiaddr address);

    /** Where this host listens, without its id; addresses that mean every interface as they were given. */
    List<Multiaddr> listenAddresses();

    /**
     * Accepts no more connections; those that are open go on, and so do dials. It may listen again, at the same addresses
     * too.
     *
     * @return done when nothing is accepted any more and the ports are free, but for those of QUIC that carry connections:
     *     a UDP socket stays open, and refuses everybody by silence, until the last connection that it has accepted is over
     */
    Future<Void> stopListening();

    /**
     * Connects to a peer by the first of {@code addresses} that answers.
     *
     * <p>At most {@link HostSettings#dialConcurrency()} of them are dialled at a time; the others are given up when one
     * is through. A new connection is made even if there is one already.
     *
     * @param addresses where the peer may be; those that name it must all name the same
     * @return the connection; fails with {@link DialFailedException}. Cancelling it gives everything up
     */
    Future<Connection> dial(List<Multiaddr> addresses);

    /** Accepts streams of {@code protocol} from now on, and says so to everybody who asks; replaces what did before. */
    void handle(String protocol, StreamHandler handler, KeepAlive keepAlive);

    /** Accepts no more streams of {@code protocol}. Those that are open go on. */
    void stopHandling(String protocol);

    /** The protocols that are accepted, sorted. */
    List<String> protocols();

    /** Every connection that is open. */
    List<Connection> connections();

    /** Those to {@code peer}, the oldest first. */
    List<Connection> connections(PeerId peer);

    /** What this host holds of its {@link HostSettings#limits()} at the moment, attempts included. */
    ResourceUsage usage();

    /** Starts to close as {@link #close()} does, and returns at once. */
    Future<Void> shutdown();

    /**
     * Stops listening, gives up what is being dialled, closes every connection and frees every thread; returns when that
     * is done. Does nothing the second time.
     *
     * @throws IllegalStateException if called on one of the host's own event loops
     */
    @Override
    void close();

    /** The connection with the number {@code id}, if it is open. */
    Optional<Connection> connection(long id);
}
