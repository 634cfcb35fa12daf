package proteus.adapters.libp2p.engine;

/** The protocols that secure a TCP connection. QUIC has its own, which is TLS. */
public enum Security {
    /** TLS 1.3 with certificates that carry the peer's key. */
    TLS("/tls/1.0.0"),
    /** Noise XX. */
    NOISE("/noise");

    private final String id;

    Security(String id) {
        this.id = id;
    }

    /** The protocol id. */
    public String id() {
        return id;
    }
}
