package proteus.adapters.libp2p.engine.limits;

/**
 * A part of the host that holds connections, streams and memory within limits.
 *
 * <p>Whatever is taken is taken from a scope and from all above it in one step, or from none. A scope that closes gives
 * back all that it and those below it hold. Safe for use by many threads.
 */
public sealed interface ResourceScope permits SystemScope, PeerScope, ConnectionScope, StreamScope {

    /** Which scope this is. */
    ScopeName name();

    /** What this scope and all below it hold now; nothing if it is closed. */
    ResourceUsage usage();

    /**
     * Reserves memory, to be asked before it is taken or granted to a remote as a window.
     *
     * @param bytes not negative
     * @return this scope, which holds the bytes until {@link #releaseMemory} or its closing; or why not
     * @throws IllegalArgumentException if {@code bytes} is negative
     */
    Reservation<? extends ResourceScope> reserveMemory(long bytes);

    /**
     * Gives back memory that was reserved in this scope itself. Does nothing if the scope is closed, which has given
     * everything back: who holds the bytes need not know who came first.
     *
     * @param bytes not negative
     * @throws IllegalArgumentException if {@code bytes} is negative
     * @throws IllegalStateException if this is more than is reserved in this scope; nothing is given back then
     */
    void releaseMemory(long bytes);
}
