package proteus.adapters.libp2p.engine.event;

import java.util.List;

/**
 * Is told what happens in the engine.
 *
 * <p>Called on the engine's event loops, by several at once, while a connection waits: it must be safe for use by many
 * threads, must return at once, and must not throw. The events of one connection come one after the other, in the order
 * in which they happened; between two connections there is no order.
 */
@FunctionalInterface
public interface EngineListener {

    /** A listener that does nothing. */
    static EngineListener none() {
        return event -> {};
    }

    /** A listener that tells each of {@code listeners}, in this order. None hears what comes after one that throws. */
    static EngineListener combined(List<EngineListener> listeners) {
        return new CombinedListener(List.copyOf(listeners));
    }

    /** Takes note of {@code event}. */
    void on(EngineEvent event);

    /**
     * Takes note of bytes on the wire, encryption and framing included, since the last call for the same connection.
     *
     * <p>The engine calls it once for a batch of reads or writes at most, and a last time before {@link
     * ConnectionEvent.Closed}. Does nothing unless overridden.
     *
     * @param connection the connection's id
     * @param read bytes, not negative
     * @param written bytes, not negative
     */
    default void transferred(long connection, long read, long written) {}
}
