package proteus.adapters.rpc.metrics;

import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/**
 * How metrics and health are served.
 *
 * @param address where to listen; port 0 takes any free one
 * @param version of the program, which is told
 * @param commit from which it was built, likewise; may be empty
 */
public record MetricsSettings(PeerAddress address, String version, String commit) {

    /** Where a node listens if it is told to serve metrics and not where. */
    public static final PeerAddress DEFAULT_ADDRESS =
            new PeerAddress(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), 9796);
}
