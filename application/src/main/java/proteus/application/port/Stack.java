package proteus.application.port;

/** Which of the network's peer stacks carries a connection. */
public enum Stack {
    /** Neptune's original stack: length-delimited bincode over plain TCP. */
    LEGACY,
    /** The gateway stream over libp2p. */
    LIBP2P
}
