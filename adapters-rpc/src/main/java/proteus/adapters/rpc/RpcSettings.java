package proteus.adapters.rpc;

import java.nio.file.Path;

/**
 * How the RPC is served.
 *
 * @param port the port on 127.0.0.1, in {@code [0, 65535]}; 0 takes any free one
 * @param dataDirectory where {@code .cookie} is written and what the cookie hint names; must exist; made absolute
 * @param cookieHint whether clients without a cookie may learn the data directory
 * @param maxPeers the limit on connected peers that overviews show, not negative
 */
public record RpcSettings(int port, Path dataDirectory, boolean cookieHint, int maxPeers) {

    /** Upstream's port. */
    public static final int DEFAULT_PORT = 9799;

    private static final int MAX_PORT = 65_535;

    public RpcSettings {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port outside 0 to 65535: " + port);
        }
        if (maxPeers < 0) {
            throw new IllegalArgumentException("negative number of peers: " + maxPeers);
        }
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
    }
}
