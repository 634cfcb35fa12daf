package proteus.application.port;

/** What carries a session: a stack, and below it a transport. */
public enum Carrier {
    /** Plain TCP, on which the legacy stack speaks. */
    LEGACY_TCP(Stack.LEGACY, "tcp"),
    /** libp2p over TCP, with a security protocol and a multiplexer on top. */
    LIBP2P_TCP(Stack.LIBP2P, "tcp"),
    /** libp2p over QUIC, which is secured and multiplexed by itself. */
    LIBP2P_QUIC(Stack.LIBP2P, "quic");

    private final Stack stack;
    private final String transport;

    Carrier(Stack stack, String transport) {
        this.stack = stack;
        this.transport = transport;
    }

    /** The stack that speaks on it. */
    public Stack stack() {
        return stack;
    }

    /** The transport's name, {@code tcp} or {@code quic}. */
    public String transport() {
        return transport;
    }
}
