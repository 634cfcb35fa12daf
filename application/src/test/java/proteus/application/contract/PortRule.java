package proteus.application.contract;

/** What the Javadoc of the ports asks of callers, as far as a wrapper can see whether they keep to it. */
public enum PortRule {
    /** {@code PeerConnection.open} is called once. */
    OPEN_ONCE,
    /** No frame is asked for before the connection is opened. */
    OPEN_BEFORE_REQUEST,
    /** A session waits for the frame it asked for before it asks for another. */
    ONE_OUTSTANDING_REQUEST,
    /** A closed frame is not decoded. */
    DECODE_BEFORE_CLOSE,
    /** A frame above 64 KiB is decoded on the work pool: neither on a virtual thread nor on one that delivers. */
    BIG_DECODE_ON_THE_WORK_POOL,
    /** Who has closed a connection sends nothing more. */
    SEND_BEFORE_CLOSE,
    /** The transport alone shakes hands. */
    NO_SECOND_HANDSHAKE,
    /** The peer store knows peers by canonical IPs. */
    CANONICAL_ADDRESSES,
    /** A closed peer store is not used. */
    STORE_BEFORE_CLOSE,
    /** The peer store blocks, so no event loop calls it. */
    NO_STORE_ON_AN_EVENT_LOOP
}
