package proteus.bootstrap.assembly;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** Where to listen on this host, which may lack the family of the address that comes first. */
final class ListenAddress {

    private static final System.Logger LOG = System.getLogger(ListenAddress.class.getName());

    private ListenAddress() {}

    /** The first candidate whose IP this host has; the last one if it has none, so that binding it tells why. */
    static PeerAddress choose(List<PeerAddress> candidates) {
        for (PeerAddress candidate : candidates) {
            if (isThere(candidate.ip())) {
                return candidate;
            }
            LOG.log(Level.INFO, "This host has no {0}; not listening there", candidate.ip());
        }
        return candidates.getLast();
    }

    /** Asks with a port of the host's choice: that the port in question is taken says nothing about the IP. */
    private static boolean isThere(IpAddress ip) {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByAddress(ip.toBytes()))) {
            return probe.isBound();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 bytes are always an address", impossible);
        } catch (IOException notThere) {
            return false;
        }
    }
}
