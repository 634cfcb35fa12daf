package proteus.adapters.libp2p.engine.ping;

/** What both sides of ping agree on. */
public final class PingProtocol {

    /** The protocol id. */
    public static final String ID = "/ipfs/ping/1.0.0";

    /** The length of a ping and of its echo, in bytes. */
    public static final int MESSAGE_BYTES = 32;

    private PingProtocol() {}
}
