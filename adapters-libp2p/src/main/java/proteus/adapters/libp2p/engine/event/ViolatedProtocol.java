package proteus.adapters.libp2p.engine.event;

/** Whose rules a remote broke. */
public enum ViolatedProtocol {
    /** multistream-select. */
    MULTISTREAM,
    /** yamux. */
    YAMUX,
    /** QUIC. */
    QUIC,
    /** A security protocol, after its handshake. */
    SECURITY,
    /** Identify, asked or pushed. */
    IDENTIFY,
    /** Ping. */
    PING,
    /** Perf. */
    PERF
}
