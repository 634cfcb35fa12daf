package proteus.adapters.libp2p.engine.upgrade;

/** Which side of a connection this one is. It decides who speaks first, and the parity of stream ids. */
public enum Role {
    /** The side that opened the connection. */
    DIALLER,
    /** The side that accepted it. */
    LISTENER
}
