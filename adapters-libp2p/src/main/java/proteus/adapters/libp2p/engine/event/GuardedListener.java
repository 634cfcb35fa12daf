package proteus.adapters.libp2p.engine.event;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the exceptions of another listener away from the event loop.
 *
 * <p>The first exception for each kind of event is logged as an error with its trace; later ones are dropped, since they
 * could come by the thousand. An {@link Error} passes. Safe for use by many threads.
 */
public final class GuardedListener implements EngineListener {

    private final EngineListener listener;
    private final System.Logger log;
    private final Set<Class<?>> failedKinds = ConcurrentHashMap.newKeySet();

    /** A guard around {@code listener} that writes to {@code log}. */
    public GuardedListener(EngineListener listener, System.Logger log) {
        this.listener = listener;
        this.log = log;
    }

    @Override
    public void on(EngineEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException fault) {
            report(event.getClass(), "event " + event.getClass().getSimpleName(), fault);
        }
    }

    @Override
    public void transferred(long connection, long read, long written) {
        try {
            listener.transferred(connection, read, written);
        } catch (RuntimeException fault) {
            // No event is of this class: it stands for the bytes.
            report(EngineListener.class, "bytes of connection " + connection, fault);
        }
    }

    private void report(Class<?> kind, String what, RuntimeException fault) {
        if (failedKinds.add(kind)) {
            log.log(
                    System.Logger.Level.ERROR,
                    () -> listener.getClass().getName() + " failed on " + what
                            + "; it will not be said again for this kind",
                    fault);
        }
    }
}
