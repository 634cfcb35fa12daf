package proteus.adapters.libp2p.engine;

/** Whether a stream of a protocol is a reason to keep a connection open. */
public enum KeepAlive {
    /** It is: the connection is not idle as long as the stream is open. */
    YES,
    /** It is not, as with ping, which would keep every connection open for ever. */
    NO
}
