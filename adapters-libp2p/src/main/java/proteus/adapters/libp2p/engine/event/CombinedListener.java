package proteus.adapters.libp2p.engine.event;

import java.util.List;

/** Several listeners as one. */
record CombinedListener(List<EngineListener> listeners) implements EngineListener {

    @Override
    public void on(EngineEvent event) {
        for (EngineListener listener : listeners) {
            listener.on(event);
        }
    }

    @Override
    public void transferred(long connection, long read, long written) {
        for (EngineListener listener : listeners) {
            listener.transferred(connection, read, written);
        }
    }
}
