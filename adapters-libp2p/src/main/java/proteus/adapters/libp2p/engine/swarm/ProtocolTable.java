package proteus.adapters.libp2p.engine.swarm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import proteus.adapters.libp2p.engine.KeepAlive;
import proteus.adapters.libp2p.engine.StreamHandler;

/** Which protocols a host speaks, and who handles them. Safe for use by many threads. */
final class ProtocolTable {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** Who handles the streams of a protocol, and whether they keep a connection open. */
    record Entry(StreamHandler handler, KeepAlive keepAlive) {}

    void put(String protocol, StreamHandler handler, KeepAlive keepAlive) {
        if (!protocol.startsWith("/") || protocol.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a protocol id begins with a slash and has one line: " + protocol);
        }
        entries.put(protocol, new Entry(handler, keepAlive));
    }

    void remove(String protocol) {
        entries.remove(protocol);
    }

    boolean contains(String protocol) {
        return entries.containsKey(protocol);
    }

    Optional<Entry> find(String protocol) {
        return Optional.ofNullable(entries.get(protocol));
    }

    List<String> ids() {
        return entries.keySet().stream().sorted().toList();
    }
}
