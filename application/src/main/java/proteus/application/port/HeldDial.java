package proteus.application.port;

import java.util.Optional;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.PeerId;

/**
 * A dial that stops short of saying who this node is: there is a connection, and what the peer says without being told,
 * but the peer cannot judge this node yet.
 *
 * <p>Its peer gives up when the handshake timeout is over, so {@link #complete} is to follow soon. Safe for use by many
 * threads.
 */
public interface HeldDial extends AutoCloseable {

    /** What the peer said of itself; empty on a stack where who dials speaks first. */
    Optional<HandshakeData> theirs();

    /** Who the peer has proven to be, or on the legacy stack the stand-in of its address. */
    PeerId peerId();

    /**
     * Says who this node is, and does what {@link PeerTransport#dial} does from there on. Once; blocks, for virtual
     * threads.
     *
     * @throws DialFailedException if that did not end in a connection; nothing is left open
     * @throws InterruptedException if the calling thread was interrupted; nothing is left open
     */
    PeerConnection complete() throws DialFailedException, InterruptedException;

    /** Closes what is not completed. Returns at once; idempotent. */
    @Override
    void close();
}
