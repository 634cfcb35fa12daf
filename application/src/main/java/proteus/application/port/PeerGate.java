package proteus.application.port;

import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.HandshakeVerdict;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/**
 * What a transport asks the node during a handshake, and whom it tells of the result.
 *
 * <p>May block (it reads the peer store): for virtual threads, never for an event loop. Safe for use by many threads.
 */
public interface PeerGate {

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
     * @param address where the peer is, IPv4-mapped addresses made plain
     */
    HandshakeVerdict judge(
            HandshakeData own, HandshakeData theirs, PeerAddress address, Stack stack, Direction direction);

    /**
     * Takes over a connection whose handshake is done; returns at once. The node opens it, or closes it when it lost a
     * race for the last place.
     */
    void connected(PeerConnection connection);
}
