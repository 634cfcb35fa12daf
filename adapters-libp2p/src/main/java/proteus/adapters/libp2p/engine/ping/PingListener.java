package proteus.adapters.libp2p.engine.ping;

/** Hears of the pings of one stream. Called on the stream's event loop, and must not block. */
public interface PingListener {

    /** An echo has come, {@code roundTripNanos} after its ping was sent. */
    void ponged(long roundTripNanos);

    /** There will be no more echoes; the stream is closed. Called once, unless the handler is removed before. */
    void ended(PingFailedException why);
}
