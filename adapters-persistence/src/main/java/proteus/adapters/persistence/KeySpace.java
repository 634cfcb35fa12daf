package proteus.adapters.persistence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The keys of one column family that begin alike, seen without that beginning. Used on the store's thread only; owns no
 * native resource.
 */
final class KeySpace {

    private static final byte[] BELOW_ALL_KEYS = {0};
    private static final byte[] ABOVE_ALL_KEYS = {(byte) 0xFF};

    private final RocksDB db;
    private final ColumnFamilyHandle family;
    private final byte[] prefix;

    private KeySpace(RocksDB db, ColumnFamilyHandle family, byte[] prefix) {
        this.db = db;
        this.family = family;
        this.prefix = prefix;
    }

    /** All keys of {@code family}. */
    static KeySpace whole(RocksDB db, ColumnFamilyHandle family) {
        return new KeySpace(db, family, new byte[0]);
    }

    /** The keys of {@code family} that begin with {@code prefix}, in ASCII. */
    static KeySpace beginning(RocksDB db, ColumnFamilyHandle family, String prefix) {
        return new KeySpace(db, family, prefix.getBytes(StandardCharsets.US_ASCII));
    }

    /** Is shown records in the order of their keys. */
    interface Visitor {
        void visit(byte[] key, byte[] value) throws MalformedRecordException;
    }

    byte @Nullable [] get(byte[] key) throws RocksDBException {
        return db.get(family, whole(key));
    }

    /** Shows {@code visitor} the records from the key {@code first} on. */
    void forEach(byte[] first, Visitor visitor) throws RocksDBException, MalformedRecordException {
        try (RocksIterator records = db.newIterator(family)) {
            for (records.seek(whole(first)); records.isValid(); records.next()) {
                byte[] key = records.key();
                if (!Arrays.equals(key, 0, Math.min(key.length, prefix.length), prefix, 0, prefix.length)) {
                    break;
                }
                visitor.visit(Arrays.copyOfRange(key, prefix.length, key.length), records.value());
            }
            // An iterator that meets a damaged block just ends; only this tells.
            records.status();
        }
    }

    void put(WriteBatch batch, byte[] key, byte[] value) throws RocksDBException {
        batch.put(family, whole(key), value);
    }

    void delete(WriteBatch batch, byte[] key) throws RocksDBException {
        batch.delete(family, whole(key));
    }

    /** Deletes all records, provided that their keys begin with neither 0 nor 255 behind what all have. */
    void clear(WriteOptions options) throws RocksDBException {
        db.deleteRange(family, options, whole(BELOW_ALL_KEYS), whole(ABOVE_ALL_KEYS));
    }

    private byte[] whole(byte[] key) {
        byte[] whole = Arrays.copyOf(prefix, prefix.length + key.length);
        System.arraycopy(key, 0, whole, prefix.length, key.length);
        return whole;
    }
}
