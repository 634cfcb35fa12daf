package proteus.adapters.libp2p.engine.event;

/** Whose refusal it was that turned a remote away before a byte was read. */
public enum AcceptRefusal {
    /** The gate's, which is the user's of the engine. */
    GATE,
    /** The source limits': its address takes too much, or comes too often. */
    SOURCE_LIMIT,
    /** The resource scopes': there is no room for another pending connection. */
    RESOURCE_LIMIT,
    /** The host's, which is stopping. */
    STOPPING
}
