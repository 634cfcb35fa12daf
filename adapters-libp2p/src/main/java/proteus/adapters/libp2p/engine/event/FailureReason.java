package proteus.adapters.libp2p.engine.event;

/** What kept an attempt from becoming an established connection. */
public enum FailureReason {
    /** No transport of this host can dial the address. */
    UNSUPPORTED_ADDRESS,
    /** The network or the remote's system refused. */
    UNREACHABLE,
    /** Connecting, security and multiplexer together took too long. */
    TIMED_OUT,
    /** The remote has proven to be somebody else than expected. */
    WRONG_PEER,
    /** The handshake of the security protocol failed otherwise. */
    SECURITY,
    /** There is no security protocol or multiplexer in common, or the negotiation broke its rules. */
    NEGOTIATION,
    /** The gate does not want the peer. */
    GATE,
    /** A scope has no room. */
    RESOURCE_LIMIT,
    /** The remote closed, or the connection broke. */
    REMOTE_CLOSED,
    /** This host needs the attempt no more, or is stopping. */
    CANCELLED
}
