package proteus.adapters.libp2p.engine.limits;

/**
 * The limits of every scope of one host.
 *
 * <p>The defaults are for a host of some dozens of peers and 1 GiB of heap. They follow the base limits of go-libp2p's
 * resource manager (system: 128 connections, 2 048 streams, 128 MiB; transient: 64 connections, 32 MiB; peer: 8
 * connections, 512 streams, 64 MiB; connection: 32 MiB) where no other reason is given.
 *
 * @param system for the whole host, pending connections included
 * @param pending for all connections whose remote has not proven who it is
 * @param peer for each peer
 * @param connection for each connection; its limit on connections has no meaning
 * @param stream for each stream; only its limit on memory has a meaning
 */
public record HostLimits(
        ScopeLimits system, ScopeLimits pending, ScopeLimits peer, ScopeLimits connection, ScopeLimits stream) {

    /** Inbound connections of the host. Twice go's 128: a public host serves many that it would never dial. */
    public static final int INBOUND_CONNECTIONS = 256;

    /** Outbound connections of the host. go's 128: a host chooses whom it dials, and needs few. */
    public static final int OUTBOUND_CONNECTIONS = 128;

    /** Connections of the host in all: the sum, so that being dialled by many never keeps a host from dialling. */
    public static final int CONNECTIONS = INBOUND_CONNECTIONS + OUTBOUND_CONNECTIONS;

    /**
     * Inbound connections that have not proven who they are. go's 64: where a handshake must end within ten seconds,
     * silent ones that fill it make way for six others a second.
     */
    public static final int PENDING_INBOUND = 64;

    /** Outbound connections that are not yet secured: eight peers dialled at once, at eight addresses each. */
    public static final int PENDING_OUTBOUND = 64;

    /** Connections with one peer. go's 8: two hosts may dial each other at once over several addresses, and then choose. */
    public static final int CONNECTIONS_PER_PEER = 8;

    /** Streams of the host in one direction, and three halves of it in all. Sixteen a connection, as go has it. */
    public static final int STREAMS_PER_DIRECTION = 16 * INBOUND_CONNECTIONS;

    /** Streams with one peer over all its connections. go's 512. */
    public static final int STREAMS_PER_PEER = 512;

    /** Streams of one connection in both directions. What go, rust and jvm-libp2p allow in QUIC. */
    public static final int STREAMS_PER_CONNECTION = 256;

    /** Bytes of the host. go's 128 MiB: an eighth of the heap. */
    public static final long MEMORY = 128L << 20;

    /** Bytes of all pending connections. go's 32 MiB: strangers never get more than a quarter. */
    public static final long PENDING_MEMORY = 32L << 20;

    /** Bytes of one peer. go's 64 MiB: one peer never gets more than half. */
    public static final long MEMORY_PER_PEER = 64L << 20;

    /** Bytes of one connection. go's 32 MiB, which is twice the window of a QUIC connection. */
    public static final long MEMORY_PER_CONNECTION = 32L << 20;

    /** Bytes of one stream: half a connection, so that no stream stops the others. */
    public static final long MEMORY_PER_STREAM = MEMORY_PER_CONNECTION / 2;

    /** What a host has that is told nothing else. */
    public static HostLimits defaults() {
        return new HostLimits(
                new ScopeLimits(
                        new DirectionLimits(INBOUND_CONNECTIONS, OUTBOUND_CONNECTIONS, CONNECTIONS),
                        new DirectionLimits(
                                STREAMS_PER_DIRECTION, STREAMS_PER_DIRECTION, STREAMS_PER_DIRECTION * 3 / 2),
                        MEMORY),
                ScopeLimits.UNLIMITED
                        .withConnections(new DirectionLimits(
                                PENDING_INBOUND, PENDING_OUTBOUND, PENDING_INBOUND + PENDING_OUTBOUND))
                        .withMemory(PENDING_MEMORY),
                new ScopeLimits(
                        DirectionLimits.ofTotal(CONNECTIONS_PER_PEER),
                        DirectionLimits.ofTotal(STREAMS_PER_PEER),
                        MEMORY_PER_PEER),
                ScopeLimits.UNLIMITED
                        .withStreams(DirectionLimits.ofTotal(STREAMS_PER_CONNECTION))
                        .withMemory(MEMORY_PER_CONNECTION),
                ScopeLimits.UNLIMITED.withMemory(MEMORY_PER_STREAM));
    }
}
