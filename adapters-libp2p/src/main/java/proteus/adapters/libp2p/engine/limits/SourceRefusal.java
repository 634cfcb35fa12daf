package proteus.adapters.libp2p.engine.limits;

import java.net.InetAddress;

/**
 * Why a connection from {@code source} may not come in.
 *
 * @param source where it comes from
 * @param reason which limit
 * @param limit the limit's value; how many sources fit for {@link Reason#TOO_MANY_SOURCES}
 */
public record SourceRefusal(InetAddress source, Reason reason, int limit) {

    /** Which limit it was, so that refusals can be counted. */
    public enum Reason {
        /** The address, or its /64 in IPv6, has tried too often within a minute. */
        TOO_MANY_ATTEMPTS,
        /** The table is full, and strangers from the same wide network have tried too often within a minute. */
        TOO_MANY_ATTEMPTS_OF_NETWORK,
        /** Too many connections are open from the address. */
        TOO_MANY_OPEN_FROM_ADDRESS,
        /** Too many connections are open from the /24 or /64 of the address. */
        TOO_MANY_OPEN_FROM_PREFIX,
        /** Connections are open from so many addresses that the table is full. */
        TOO_MANY_SOURCES
    }

    @Override
    public String toString() {
        return source.getHostAddress() + ": " + reason + ", limit " + limit;
    }
}
