package proteus.application.port;

/** Which side opened a connection. */
public enum Direction {
    /** The peer dialled us. */
    INBOUND,
    /** We dialled the peer. */
    OUTBOUND
}
