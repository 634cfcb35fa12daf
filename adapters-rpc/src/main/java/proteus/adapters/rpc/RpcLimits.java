package proteus.adapters.rpc;

import java.time.Duration;

/**
 * What one client may cost.
 *
 * @param maxRequestBytes the longest payload taken from a client
 * @param maxAnswerBytes the longest payload sent; stock clients take no longer one
 * @param maxConnectionsPerIp connections from one address at a time
 * @param maxConnections connections in all
 * @param maxRequests requests of one connection at work at a time; it is not read while there are so many
 * @param firstFrame how long a new connection may wait before its first frame
 * @param idle how long a connection may wait between two frames
 * @param frame how long one frame may take from its first byte to its last, read or written
 */
record RpcLimits(
        int maxRequestBytes,
        int maxAnswerBytes,
        int maxConnectionsPerIp,
        int maxConnections,
        int maxRequests,
        Duration firstFrame,
        Duration idle,
        Duration frame) {

    /**
     * Connections as upstream counts them, answers as its clients take them. The rest is ours, where upstream has no
     * limit: no supported request comes near a mebibyte.
     */
    static final RpcLimits DEFAULT = new RpcLimits(
            1 << 20, 8 << 20, 5, 10, 64, Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofSeconds(10));

    /** Those of one connection's frames. */
    StreamLimits stream() {
        return new StreamLimits(maxRequestBytes, firstFrame, idle, frame);
    }
}
