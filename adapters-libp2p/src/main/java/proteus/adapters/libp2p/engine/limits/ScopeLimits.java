package proteus.adapters.libp2p.engine.limits;

import java.util.Arrays;
import java.util.Optional;

/**
 * The most that one scope and all below it may hold.
 *
 * @param connections how many connections
 * @param streams how many streams
 * @param memory in bytes; zero allows none, {@link Long#MAX_VALUE} is no limit
 */
public record ScopeLimits(DirectionLimits connections, DirectionLimits streams, long memory) {

    /** No limits; a start for those that are given one by one. */
    public static final ScopeLimits UNLIMITED =
            new ScopeLimits(DirectionLimits.UNLIMITED, DirectionLimits.UNLIMITED, Long.MAX_VALUE);

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if {@code memory} is negative
     */
    public ScopeLimits {
        if (memory < 0) {
            throw new IllegalArgumentException("negative memory: " + memory);
        }
    }

    /** These limits with other ones on connections. */
    public ScopeLimits withConnections(DirectionLimits other) {
        return new ScopeLimits(other, streams, memory);
    }

    /** These limits with other ones on streams. */
    public ScopeLimits withStreams(DirectionLimits other) {
        return new ScopeLimits(connections, other, memory);
    }

    /** These limits with another one on memory, in bytes. */
    public ScopeLimits withMemory(long other) {
        return new ScopeLimits(connections, streams, other);
    }

    /** The limit on one resource: a number, or bytes. */
    public long limit(Resource resource) {
        return switch (resource) {
            case INBOUND_CONNECTIONS -> connections.inbound();
            case OUTBOUND_CONNECTIONS -> connections.outbound();
            case CONNECTIONS -> connections.total();
            case INBOUND_STREAMS -> streams.inbound();
            case OUTBOUND_STREAMS -> streams.outbound();
            case STREAMS -> streams.total();
            case MEMORY -> memory;
        };
    }

    /** The first resource that would run out if {@code wanted} were added to {@code held}, which is within the limits. */
    Optional<Resource> lacking(ResourceUsage held, ResourceUsage wanted) {
        // The sum of both could overflow; what is left cannot.
        return Arrays.stream(Resource.values())
                .filter(resource -> wanted.amount(resource) > limit(resource) - held.amount(resource))
                .findFirst();
    }
}
