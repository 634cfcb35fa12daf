package proteus.adapters.libp2p.engine.event;

/** Whose refusal it was that kept a stream from being opened. */
public enum StreamRefusal {
    /** The gate's, which is the user's of the engine. */
    GATE,
    /** The resource scopes': too many streams or bytes. */
    RESOURCE_LIMIT,
    /** The multiplexer's: too many streams, or the connection ends. */
    MUXER,
    /** The protocol's own: too many of its streams at one time, or too often. */
    PROTOCOL_LIMIT
}
