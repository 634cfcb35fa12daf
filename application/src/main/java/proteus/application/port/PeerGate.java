package proteus.application.port;

import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/**
 * What a transport asks the node during a handshake, and whom it tells of the result.
 *
 * <p>May block (it reads the peer store), unless said otherwise: for virtual threads, never for an event loop. Safe for
 * use by many threads.
 */
public interface PeerGate {

    /** Whether {@code ip} is banned. Never blocks: for any thread. */
    boolean isBanned(IpAddress ip);

    /**
     * Whether a connection from {@code ip} may begin, before a byte is read: command-line bans, incoming connections
     * switched off, stored standing, in upstream's order (behaviour of neptune-cash 0.19.4, {@code main_loop.rs}).
     */
    boolean admits(IpAddress ip);

    /** This node's handshake as of now. */
    HandshakeData ownHandshake();

    /**
     * Judges a peer's handshake by the rules of its stack, in upstream's order.
     *
     * @param own the handshake that was sent to this peer; clocks are compared by its time
     * @param theirs what the peer sent
     * @param remote who sent it, and how it is connected
     */
    HandshakeVerdict judge(HandshakeData own, HandshakeData theirs, Remote remote);

    /**
     * Takes over a connection whose handshake is done; returns at once. The node opens it, or closes it when it lost a
     * race for the last place.
     */
    void connected(PeerConnection connection);

    /**
     * The other end of a connection during its handshake.
     *
     * @param address where it is, IPv4-mapped addresses made plain
     * @param carrier what carries the connection
     * @param direction who opened it
     * @param peerId who it has proven to be, or on the legacy stack the stand-in of its address
     */
    record Remote(PeerAddress address, Carrier carrier, Direction direction, PeerId peerId) {}
}
