package proteus.bootstrap.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.Stack;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/**
 * What is between two nodes of the demo, which know each other only by IPs that are this link's, until it lets nothing of
 * libp2p through any more. For one thread.
 */
final class BadLink implements AutoCloseable {

    /** Where {@link #ONE} is, for the other end. */
    private static final IpAddress IP_OF_ONE = new IpAddress.V4(0x7F000002);

    /** Where {@link #OTHER} is, for the one end. */
    private static final IpAddress IP_OF_OTHER = new IpAddress.V4(0x7F000003);

    /** The end that is dialled. */
    static final Role ONE = Role.P1;

    /** The end that dials. */
    static final Role OTHER = Role.P5;

    private final List<Front> all = new ArrayList<>();
    private final List<Front> breakable = new ArrayList<>();

    /** Whether this host has the IPs of the link; on macOS only 127.0.0.1 is set up. */
    static boolean isPossible() {
        for (IpAddress ip : List.of(IP_OF_ONE, IP_OF_OTHER)) {
            try (ServerSocket tried = new ServerSocket(0, 1, InetAddress.getByName(ip.toString()))) {
                tried.getLocalPort();
            } catch (IOException hasNot) {
                return false;
            }
        }
        return true;
    }

    /**
     * Lets the other end reach {@code role}.
     *
     * @param listening where that node listens
     * @throws IOException if a port is taken
     */
    void reaches(Role role, List<PeerEndpoint> listening) throws IOException {
        boolean isOne = role == ONE;
        for (PeerEndpoint endpoint : listening) {
            if (endpoint.carrier() != Carrier.LIBP2P_QUIC) {
                Front front = Front.open(
                        isOne ? IP_OF_ONE : IP_OF_OTHER, endpoint.address().port(), isOne ? IP_OF_OTHER : IP_OF_ONE);
                all.add(front);
                if (endpoint.carrier().stack() == Stack.LIBP2P) {
                    breakable.add(front);
                }
            }
        }
    }

    /** How {@link #OTHER} dials {@code target}, which is where {@link #ONE} listens. */
    static PeerTarget through(PeerTarget target) {
        return new PeerTarget(new PeerAddress(IP_OF_ONE, target.address().port()), target.protocol());
    }

    /** Whether it is between these. */
    static boolean isBetween(Role one, Role other) {
        return (one == ONE && other == OTHER) || (one == OTHER && other == ONE);
    }

    /** Resets all of libp2p that is on it, and all that will be. */
    void cut() {
        breakable.forEach(Front::cut);
    }

    @Override
    public void close() {
        all.forEach(Front::close);
    }
}
