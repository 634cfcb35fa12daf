package proteus.adapters.libp2p.engine;

import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.Optional;
import proteus.adapters.libp2p.engine.identify.IdentifyInfo;
import proteus.adapters.libp2p.engine.identity.PeerId;
import proteus.adapters.libp2p.engine.identity.PublicKey;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.upgrade.Role;

/**
 * A secured connection to one peer, on which streams are opened by protocol id.
 *
 * <p>It stays open until either side closes it, it breaks, or no stream that keeps it alive has been open for {@link
 * HostSettings#idleTimeout()}. Safe for use by many threads. A future must not be waited for on an event loop.
 */
public interface Connection {

    /** A number that no other connection of the same host has or had. */
    long id();

    /** Who the remote has proven to be. */
    PeerId remotePeer();

    /** The key by which it has. */
    PublicKey remoteKey();

    /** Where the remote is, without its id: what was dialled, or where the connection came from. */
    Multiaddr remoteAddress();

    /** Where this side is, without its id. */
    Multiaddr localAddress();

    /** Whether this side has dialled. */
    Role role();

    /** The transport: {@code tcp} or {@code quic}. */
    String transport();

    /** The protocol id of the security, such as {@code /noise}. */
    String security();

    /** The protocol id of the multiplexer, such as {@code /yamux/1.0.0}; {@code quic} on that transport. */
    String muxer();

    /**
     * Opens a stream for the first of {@code protocols} that the remote speaks.
     *
     * <p>Of a single protocol the remote is not asked first: the stream is ready at once, and breaks with the first read
     * if the remote does not speak it.
     *
     * @param protocols protocol ids, best first, at least one
     * @param handler gets the stream, before anybody who waits for the future
     * @return the stream; fails with {@code StreamRefusedException} if there are too many or the connection ends, with
     *     {@code NegotiationFailedException} if the remote speaks none of them; cancelling resets the stream
     */
    Future<Stream> open(List<String> protocols, StreamHandler handler);

    /** What the remote says of itself: done once its first identify message is here; fails if none comes. */
    Future<IdentifyInfo> identified();

    /** What the remote has said of itself so far, pushes included. */
    Optional<IdentifyInfo> remoteInfo();

    /** How many streams are open, in both directions together. */
    int openStreams();

    /** Says goodbye and closes, with all streams. */
    Future<Void> close();

    /** Done, always with success, once the connection is closed, whoever closed it. */
    Future<Void> closed();
}
