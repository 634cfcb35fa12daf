package proteus.adapters.rpc.http;

import java.time.Duration;

/**
 * What callers may cost.
 *
 * @param maxBody the longest body that is served, in bytes
 * @param maxRead how much of a longer body is read, to find the request's id in it
 * @param maxConnections connections at a time, each with one request at work; further ones are refused with status 503
 * @param maxSearches how many calls may look through blocks; further ones wait
 * @param head how long a connection may take from one answer to the whole head of the next request
 * @param body how long a body may take
 * @param write how long an answer may take
 * @param leave how long what is not served is read at the end
 * @param search how long a search waits for its turn
 */
record JsonRpcLimits(
        int maxBody,
        int maxRead,
        int maxConnections,
        int maxSearches,
        Duration head,
        Duration body,
        Duration write,
        Duration leave,
        Duration search) {

    /** The length of a body as upstream has it for all methods served here; the rest is ours, upstream has no limit. */
    static final JsonRpcLimits DEFAULT = new JsonRpcLimits(
            1 << 20,
            (1 << 20) + (1 << 16),
            64,
            2,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30));
}
