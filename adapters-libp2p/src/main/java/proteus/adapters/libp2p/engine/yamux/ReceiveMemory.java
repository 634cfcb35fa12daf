package proteus.adapters.libp2p.engine.yamux;

/**
 * Who is asked before a session keeps received bytes that no application has read yet. What an application reads at
 * once is never asked for. Called on the event loop of the session.
 */
public interface ReceiveMemory {

    /** Room for everything that windows let in. */
    static ReceiveMemory unlimited() {
        return new ReceiveMemory() {
            @Override
            public boolean reserve(long bytes) {
                return true;
            }

            @Override
            public void release(long bytes) {}
        };
    }

    /**
     * Whether there is room for {@code bytes} more, which are then reserved. If not, the stream that they belong to is
     * reset.
     */
    boolean reserve(long bytes);

    /** Gives back bytes that were reserved. */
    void release(long bytes);
}
