package proteus.adapters.persistence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The records of one format, at most so many. Used on the store's thread only; owns no native resource.
 *
 * <p>Keys begin with 4 or 6, which {@link #clear} relies on.
 */
final class Table<K extends Comparable<? super K>, V> {

    private static final byte[] FROM_THE_FIRST = {};

    private final RocksDB db;
    private final KeySpace keys;
    private final RecordFormat<K, V> format;
    private final int bound;
    private final EvictionOrder<K> order = new EvictionOrder<>();

    Table(RocksDB db, KeySpace keys, RecordFormat<K, V> format, int bound) {
        this.db = db;
        this.keys = keys;
        this.format = format;
        this.bound = bound;
    }

    /** Learns which records there are, after the store was opened. */
    void load() throws RocksDBException, MalformedRecordException {
        all().forEach((key, value) -> order.put(key, format.rank(value)));
    }

    Optional<V> get(K key) throws RocksDBException, MalformedRecordException {
        byte @Nullable [] bytes = keys.get(keyBytes(key));
        return bytes == null ? Optional.empty() : Optional.of(value(bytes));
    }

    /** Every record, by key bytes. */
    Map<K, V> all() throws RocksDBException, MalformedRecordException {
        Map<K, V> all = new LinkedHashMap<>();
        keys.forEach(FROM_THE_FIRST, (key, value) -> all.put(key(key), value(value)));
        return all;
    }

    /** Adds or replaces a record. In a full table the least worth keeping goes, in the same atomic write. */
    void put(K key, V value, WriteOptions options) throws RocksDBException {
        Optional<K> leaving = order.contains(key) || order.size() < bound ? Optional.empty() : order.first();
        try (WriteBatch batch = new WriteBatch()) {
            if (leaving.isPresent()) {
                keys.delete(batch, keyBytes(leaving.get()));
            }
            keys.put(batch, keyBytes(key), RecordBytes.ofValue(out -> format.writeValue(value, out)));
            db.write(options, batch);
        }
        leaving.ifPresent(order::remove);
        order.put(key, format.rank(value));
    }

    void remove(K key, WriteOptions options) throws RocksDBException {
        if (!order.contains(key)) {
            return;
        }
        try (WriteBatch batch = new WriteBatch()) {
            keys.delete(batch, keyBytes(key));
            db.write(options, batch);
        }
        order.remove(key);
    }

    void clear(WriteOptions options) throws RocksDBException {
        keys.clear(options);
        order.clear();
    }

    private byte[] keyBytes(K key) {
        return RecordBytes.ofKey(out -> format.writeKey(key, out));
    }

    private K key(byte[] bytes) throws MalformedRecordException {
        return RecordBytes.readKey(format.table(), bytes, format::readKey);
    }

    private V value(byte[] bytes) throws MalformedRecordException {
        return RecordBytes.readValue(format.table(), bytes, format::readValue);
    }
}
