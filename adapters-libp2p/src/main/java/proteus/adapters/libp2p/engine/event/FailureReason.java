package proteus.adapters.libp2p.engine.event;

/** What kept an attempt from becoming an established connection. */
public enum FailureReason {
    /** No transport of this host can dial the address. */
    UNSUPPORTED_ADDRESS,
    /** The remote's system is there, and says that nobody listens at the port. */
    PORT_CLOSED,
    /** There is no way to the remote, or none that the network lets be used. */
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
    /** The remote closed in an orderly way. */
    REMOTE_CLOSED,
    /** The network broke what was connected: whoever sees the packets of a connection can do that to it. */
    RESET,
    /** This host needs the attempt no more, or is stopping. */
    CANCELLED
}
