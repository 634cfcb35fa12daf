package proteus.domain.peer;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the operator decides about connections. The defaults are upstream's: neptune-cash 0.19.4, {@code cli_args.rs}.
 *
 * @param configuredPeers the peers that the operator named, canonical; they are welcome whatever their standing
 * @param restrictPeersToList whether to talk to no others; implies that nobody may dial this node
 * @param noIncoming whether nobody may dial this node
 * @param maxNumPeers the most connected peers over both stacks, in {@code [0, 65535]}; 0 disallows incoming connections
 * @param maxConnectionsPerIp the most connected peers with one IP, not negative
 * @param peerTolerance the tolerance of new standings, in {@code [1, 65535]}
 * @param handshakeTimeout how long each step of a handshake may take, not negative
 * @param maxBlocksServedPerMinute the serving budget of each connection, in {@code [0, 2^32)}
 */
public record ConnectionSettings(
        Set<PeerAddress> configuredPeers,
        boolean restrictPeersToList,
        boolean noIncoming,
        int maxNumPeers,
        int maxConnectionsPerIp,
        int peerTolerance,
        Duration handshakeTimeout,
        long maxBlocksServedPerMinute) {

    /** What a node uses whose operator says nothing. */
    public static final ConnectionSettings DEFAULT = new ConnectionSettings(
            Set.of(), false, false, 10, 4, PeerStanding.DEFAULT_TOLERANCE, Duration.ofSeconds(4), 1000);

    private static final int MAX_U16 = 65_535;
    private static final long MAX_U32 = 0xFFFF_FFFFL;

    public ConnectionSettings {
        require(maxNumPeers >= 0 && maxNumPeers <= MAX_U16, "number of peers outside 0 to 65535", maxNumPeers);
        require(maxConnectionsPerIp >= 0, "negative number of connections per IP", maxConnectionsPerIp);
        require(peerTolerance >= 1 && peerTolerance <= MAX_U16, "tolerance outside 1 to 65535", peerTolerance);
        require(!handshakeTimeout.isNegative(), "negative handshake timeout", handshakeTimeout);
        require(
                maxBlocksServedPerMinute >= 0 && maxBlocksServedPerMinute <= MAX_U32,
                "serving budget outside 0 to 4294967295",
                maxBlocksServedPerMinute);
        configuredPeers = configuredPeers.stream().map(PeerAddress::canonical).collect(Collectors.toUnmodifiableSet());
    }

    private static void require(boolean holds, String otherwise, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise + ": " + value);
        }
    }

    /** Whether anybody may dial this node. */
    public boolean allowsIncoming() {
        return maxNumPeers > 0 && !noIncoming && !restrictPeersToList;
    }

    /**
     * How many peers may be connected: {@link #maxNumPeers}, or if that is 0, which means nobody but the configured ones,
     * as many as those are.
     */
    public int places() {
        return maxNumPeers == 0 ? configuredPeers.size() : maxNumPeers;
    }

    /** How many incoming handshakes may be under way at once. */
    public int handshakePermits() {
        return 2 * maxNumPeers + 4;
    }

    /** Whether the operator named exactly this address. */
    public boolean isConfigured(PeerAddress address) {
        return configuredPeers.contains(address.canonical());
    }
}
