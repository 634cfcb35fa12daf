package proteus.adapters.rpc.http;

import java.time.Duration;

/**
 * What callers may cost.
 *
 * @param maxBody the longest body that is served, in bytes
 * @param maxRead how much of a longer body is read, to find the request's id in it and to say how long it was
 * @param maxConnections connections at a time; further ones wait to be accepted
 * @param maxRequests requests at work at a time; further ones are refused with status 503
 * @param maxSearches of these, how many may look through blocks; further ones wait
 * @param idle how long a connection may wait between two requests
 * @param read how long one reading from a connection may take
 * @param body how long all of a body may take
 * @param search how long a search waits for its turn
 */
record JsonRpcLimits(
        int maxBody,
        int maxRead,
        int maxConnections,
        int maxRequests,
        int maxSearches,
        Duration idle,
        Duration read,
        Duration body,
        Duration search) {

    /** The length of a body as upstream has it for all methods served here; the rest is ours, upstream has no limit. */
    static final JsonRpcLimits DEFAULT = new JsonRpcLimits(
            1 << 20,
            (1 << 20) + (1 << 16),
            64,
            32,
            2,
            Duration.ofMinutes(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));
}
