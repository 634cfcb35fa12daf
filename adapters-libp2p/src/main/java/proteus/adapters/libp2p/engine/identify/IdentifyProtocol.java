package proteus.adapters.libp2p.engine.identify;

/** What both sides of identify and of its push agree on. */
public final class IdentifyProtocol {

    /** The protocol id of identify: the listener tells. */
    public static final String ID = "/ipfs/id/1.0.0";

    /** The protocol id of the push: the dialler tells. */
    public static final String PUSH_ID = "/ipfs/id/push/1.0.0";

    /** The longest message to send, in bytes. rust-libp2p takes 4,096 with its length, and one message only. */
    public static final int MAX_SENT_BYTES = 4_090;

    private IdentifyProtocol() {}
}
