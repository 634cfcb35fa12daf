package proteus.adapters.libp2p.engine.event;

/** Who or what ended an established connection. */
public enum CloseCause {
    /** The user of the engine closed it. */
    LOCAL,
    /** The remote closed it in order. */
    REMOTE,
    /** Nothing needed it for as long as an unused connection is kept. */
    IDLE,
    /** The remote no longer answered. */
    UNRESPONSIVE,
    /** The remote broke the rules of a protocol. */
    PROTOCOL_VIOLATION,
    /** A scope had no room for what it needed. */
    RESOURCE_LIMIT,
    /** The network under it broke. */
    BROKEN,
    /** The host is stopping. */
    STOPPING,
    /** A fault of this program, which is logged. */
    INTERNAL
}
