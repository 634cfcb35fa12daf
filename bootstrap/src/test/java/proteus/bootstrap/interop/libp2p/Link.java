package proteus.bootstrap.interop.libp2p;

/** How two peers are connected. */
enum Link {
    TCP_NOISE("tcp", "noise", "tcp"),
    TCP_TLS("tcp", "tls", "tcp"),
    /** Has its own security: the word for it is ignored. */
    QUIC("quic", "tls", "udp");

    private final String transport;
    private final String security;
    private final String portProtocol;

    Link(String transport, String security, String portProtocol) {
        this.transport = transport;
        this.security = security;
        this.portProtocol = portProtocol;
    }

    /** As the command line names it. */
    String transport() {
        return transport;
    }

    /** As the command line names it. */
    String security() {
        return security;
    }

    /** What the addresses of both ends begin with. */
    String addressPrefix() {
        return "/ip4/127.0.0.1/" + portProtocol + "/";
    }

    @Override
    public String toString() {
        return this == QUIC ? "QUIC" : "TCP, " + (this == TCP_TLS ? "TLS" : "Noise");
    }
}
