package proteus.adapters.libp2p.engine;

/** Takes streams of one protocol. */
@FunctionalInterface
public interface StreamHandler {

    /**
     * Fills the pipeline of {@code stream}'s channel, whose first bytes come after this returns.
     *
     * <p>Called on the stream's event loop, so it must not block. If it throws, the stream is reset.
     */
    void opened(Stream stream);
}
