package proteus.adapters.libp2p.engine.event;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Counts events by their kind, and bytes. Safe for use by many threads.
 *
 * <p>Numbers only grow. Read while events come, they may belong to slightly different moments.
 */
public final class CountingListener implements EngineListener {

    /** The kinds are a closed set, which bounds it. */
    private final Map<Class<? extends EngineEvent>, LongAdder> counts = new ConcurrentHashMap<>();

    private final LongAdder read = new LongAdder();
    private final LongAdder written = new LongAdder();

    @Override
    public void on(EngineEvent event) {
        counts.computeIfAbsent(event.getClass(), kind -> new LongAdder()).increment();
    }

    @Override
    public void transferred(long connection, long bytesRead, long bytesWritten) {
        read.add(bytesRead);
        written.add(bytesWritten);
    }

    /** How many events of {@code kind} there were: of a record such as {@link ConnectionEvent.Closed}, or a group of them. */
    public long count(Class<? extends EngineEvent> kind) {
        return counts.entrySet().stream()
                .filter(entry -> kind.isAssignableFrom(entry.getKey()))
                .mapToLong(entry -> entry.getValue().sum())
                .sum();
    }

    /** The bytes read from all connections. */
    public long bytesRead() {
        return read.sum();
    }

    /** The bytes written to all connections. */
    public long bytesWritten() {
        return written.sum();
    }

    /** How many events of each kind there were; kinds that never came are not in it. */
    public Map<Class<? extends EngineEvent>, Long> snapshot() {
        return counts.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().sum()));
    }
}
