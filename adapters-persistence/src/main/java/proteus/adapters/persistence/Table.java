package proteus.adapters.persistence;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The records of one column family, at most so many. Used on the store's thread only; owns no native resource.
 *
 * <p>A value begins with the version of its format. Keys begin with 4 or 6, which {@link #clear} relies on.
 */
final class Table<K extends Comparable<? super K>, V> {

    private static final int VERSION = 1;
    private static final byte[] BELOW_ALL_KEYS = {0};
    private static final byte[] ABOVE_ALL_KEYS = {(byte) 0xFF};

    private final RocksDB db;
    private final ColumnFamilyHandle family;
    private final RecordFormat<K, V> format;
    private final int bound;
    private final EvictionOrder<K> order = new EvictionOrder<>();

    Table(RocksDB db, ColumnFamilyHandle family, RecordFormat<K, V> format, int bound) {
        this.db = db;
        this.family = family;
        this.format = format;
        this.bound = bound;
    }

    /** Learns which records there are, after the store was opened. */
    void load() throws RocksDBException, MalformedRecordException {
        all().forEach((key, value) -> order.put(key, format.rank(value)));
    }

    Optional<V> get(K key) throws RocksDBException, MalformedRecordException {
        byte @Nullable [] bytes = db.get(family, keyBytes(key));
        return bytes == null ? Optional.empty() : Optional.of(value(bytes));
    }

    /** Every record, by key bytes. */
    Map<K, V> all() throws RocksDBException, MalformedRecordException {
        Map<K, V> all = new LinkedHashMap<>();
        try (RocksIterator records = db.newIterator(family)) {
            for (records.seekToFirst(); records.isValid(); records.next()) {
                all.put(key(records.key()), value(records.value()));
            }
            // An iterator that meets a damaged block just ends; only this tells.
            records.status();
        }
        return all;
    }

    /** Adds or replaces a record. In a full table the least worth keeping goes, in the same atomic write. */
    void put(K key, V value, WriteOptions options) throws RocksDBException {
        Optional<K> leaving = order.contains(key) || order.size() < bound ? Optional.empty() : order.first();
        try (WriteBatch batch = new WriteBatch()) {
            if (leaving.isPresent()) {
                batch.delete(family, keyBytes(leaving.get()));
            }
            batch.put(family, keyBytes(key), valueBytes(value));
            db.write(options, batch);
        }
        leaving.ifPresent(order::remove);
        order.put(key, format.rank(value));
    }

    void remove(K key, WriteOptions options) throws RocksDBException {
        if (!order.contains(key)) {
            return;
        }
        db.delete(family, options, keyBytes(key));
        order.remove(key);
    }

    void clear(WriteOptions options) throws RocksDBException {
        db.deleteRange(family, options, BELOW_ALL_KEYS, ABOVE_ALL_KEYS);
        order.clear();
    }

    private byte[] keyBytes(K key) {
        return bytes(out -> format.writeKey(key, out));
    }

    private byte[] valueBytes(V value) {
        return bytes(out -> {
            out.writeByte(VERSION);
            format.writeValue(value, out);
        });
    }

    private K key(byte[] bytes) throws MalformedRecordException {
        return read(bytes, format::readKey);
    }

    private V value(byte[] bytes) throws MalformedRecordException {
        return read(bytes, in -> {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IOException("record version " + version);
            }
            return format.readValue(in);
        });
    }

    private interface Writer {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private interface Reader<T> {
        T readFrom(DataInputStream in) throws IOException;
    }

    private static byte[] bytes(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.writeTo(new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    private <T> T read(byte[] bytes, Reader<T> reader) throws MalformedRecordException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            T record = reader.readFrom(in);
            if (in.available() != 0) {
                throw new IOException(in.available() + " bytes too many");
            }
            return record;
        } catch (IOException | IllegalArgumentException malformed) {
            throw new MalformedRecordException("record in table " + format.table() + ": " + malformed, malformed);
        }
    }
}
