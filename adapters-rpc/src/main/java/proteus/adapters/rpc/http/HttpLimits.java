package proteus.adapters.rpc.http;

import java.time.Duration;

/**
 * What clients may cost; a head may have 16 KiB.
 *
 * @param maxRead the longest body that is read, in bytes
 * @param maxConnections connections at a time, each with one request at work; further ones are refused with status 503
 * @param head how long a connection may take from one answer to the whole head of the next request
 * @param body how long a body may take
 * @param write how long an answer may take
 * @param leave how long what is not served is read at the end
 */
public record HttpLimits(
        int maxRead, int maxConnections, Duration head, Duration body, Duration write, Duration leave) {

    /** What a service has that needs no more, with bodies of this length. */
    public static HttpLimits upTo(int maxRead) {
        return new HttpLimits(
                maxRead,
                64,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                Duration.ofSeconds(2));
    }
}
