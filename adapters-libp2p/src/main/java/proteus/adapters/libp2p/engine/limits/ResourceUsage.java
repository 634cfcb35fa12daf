package proteus.adapters.libp2p.engine.limits;

/**
 * An amount of each resource: what a scope and all below it hold, or what somebody wants.
 *
 * @param inboundConnections connections that remotes have opened; not negative, as all of these
 * @param outboundConnections connections that this host has opened
 * @param inboundStreams streams that remotes have opened
 * @param outboundStreams streams that this host has opened
 * @param memory in bytes
 */
public record ResourceUsage(
        int inboundConnections, int outboundConnections, int inboundStreams, int outboundStreams, long memory) {

    /** Nothing at all. */
    public static final ResourceUsage NONE = new ResourceUsage(0, 0, 0, 0, 0);

    /**
     * Checks the amounts.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public ResourceUsage {
        if (inboundConnections < 0
                || outboundConnections < 0
                || inboundStreams < 0
                || outboundStreams < 0
                || memory < 0) {
            throw new IllegalArgumentException("negative amount: connections " + inboundConnections + " in and "
                    + outboundConnections + " out, streams " + inboundStreams + " in and " + outboundStreams
                    + " out, memory " + memory);
        }
    }

    static ResourceUsage connection(Direction direction) {
        return switch (direction) {
            case INBOUND -> new ResourceUsage(1, 0, 0, 0, 0);
            case OUTBOUND -> new ResourceUsage(0, 1, 0, 0, 0);
        };
    }

    static ResourceUsage stream(Direction direction) {
        return switch (direction) {
            case INBOUND -> new ResourceUsage(0, 0, 1, 0, 0);
            case OUTBOUND -> new ResourceUsage(0, 0, 0, 1, 0);
        };
    }

    static ResourceUsage bytes(long memory) {
        return new ResourceUsage(0, 0, 0, 0, memory);
    }

    /** The amount of one resource: a number, or bytes. */
    public long amount(Resource resource) {
        return switch (resource) {
            case INBOUND_CONNECTIONS -> inboundConnections;
            case OUTBOUND_CONNECTIONS -> outboundConnections;
            case CONNECTIONS -> (long) inboundConnections + outboundConnections;
            case INBOUND_STREAMS -> inboundStreams;
            case OUTBOUND_STREAMS -> outboundStreams;
            case STREAMS -> (long) inboundStreams + outboundStreams;
            case MEMORY -> memory;
        };
    }

    ResourceUsage plus(ResourceUsage more) {
        return new ResourceUsage(
                inboundConnections + more.inboundConnections,
                outboundConnections + more.outboundConnections,
                inboundStreams + more.inboundStreams,
                outboundStreams + more.outboundStreams,
                memory + more.memory);
    }

    ResourceUsage minus(ResourceUsage less) {
        return new ResourceUsage(
                inboundConnections - less.inboundConnections,
                outboundConnections - less.outboundConnections,
                inboundStreams - less.inboundStreams,
                outboundStreams - less.outboundStreams,
                memory - less.memory);
    }
}
