package proteus.adapters.libp2p.engine.limits;

/** What can run out in a scope. */
public enum Resource {
    /** Connections that remotes have opened. */
    INBOUND_CONNECTIONS,
    /** Connections that this host has opened. */
    OUTBOUND_CONNECTIONS,
    /** Connections of both directions together. */
    CONNECTIONS,
    /** Streams that remotes have opened. */
    INBOUND_STREAMS,
    /** Streams that this host has opened. */
    OUTBOUND_STREAMS,
    /** Streams of both directions together. */
    STREAMS,
    /** Bytes that are held, or that a remote was told it may send. */
    MEMORY
}
