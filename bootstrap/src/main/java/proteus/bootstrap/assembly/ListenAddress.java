package proteus.bootstrap.assembly;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import proteus.domain.peer.IpAddress;

/** On which IP to listen on this host, which may lack the family of the one that comes first. */
final class ListenAddress {

    private static final System.Logger LOG = System.getLogger(ListenAddress.class.getName());

    private ListenAddress() {}

    /** The first candidate that this host has; the last one if it has none, so that binding it tells why. */
    static IpAddress choose(List<IpAddress> candidates) {
        for (IpAddress candidate : candidates) {
            if (isThere(candidate)) {
                return candidate;
            }
            LOG.log(Level.INFO, "This host has no {0}; not listening there", candidate);
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
