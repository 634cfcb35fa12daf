package proteus.adapters.rpc.http;

import java.time.Duration;

/**
 * What callers may cost.
 *
 * @param http what they may cost as clients; it reads more than {@code maxBody}, to find the request's id in a longer body
 * @param maxBody the longest body that is served, in bytes
 * @param maxSearches how many calls may look through blocks; further ones wait
 * @param search how long a search waits for its turn
 */
record JsonRpcLimits(HttpLimits http, int maxBody, int maxSearches, Duration search) {

    /** The length of a body as upstream has it for all methods served here; the rest is ours, upstream has no limit. */
    static final JsonRpcLimits DEFAULT =
            new JsonRpcLimits(HttpLimits.upTo((1 << 20) + (1 << 16)), 1 << 20, 2, Duration.ofSeconds(30));
}
