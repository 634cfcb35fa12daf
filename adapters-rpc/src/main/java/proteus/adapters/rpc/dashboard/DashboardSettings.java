package proteus.adapters.rpc.dashboard;

import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/**
 * How the dashboard is served.
 *
 * @param address where to listen, on loopback; port 0 takes any free one
 * @param version of the program, which is shown
 * @param commit from which it was built, likewise; may be empty
 * @param advice where to get a link that may set the stage, in a sentence; empty for the usual command
 */
public record DashboardSettings(PeerAddress address, String version, String commit, String advice) {

    /** Where a node listens if it is told to serve the dashboard and not where. */
    public static final PeerAddress DEFAULT_ADDRESS =
            new PeerAddress(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), 9795);

    /** With the usual way to a link. */
    public DashboardSettings(PeerAddress address, String version, String commit) {
        this(address, version, commit, "");
    }

    public DashboardSettings {
        if (!isLoopback(address.ip())) {
            throw new IllegalArgumentException("the dashboard is served on loopback alone, not on " + address);
        }
    }

    /** Whether only this machine reaches it there: whoever else could would read all that the page and the browser say. */
    public static boolean isLoopback(IpAddress ip) {
        byte[] bytes = ip.canonical().toBytes();
        if (bytes.length == 4) {
            return bytes[0] == 127;
        }
        int last = bytes.length - 1;
        for (int index = 0; index < last; index++) {
            if (bytes[index] != 0) {
                return false;
            }
        }
        return bytes[last] == 1;
    }
}
