package proteus.adapters.persistence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;
import proteus.application.port.StoreException;

/**
 * The version of a store's tables and formats, in the default column family: four bytes, big endian.
 *
 * @param newest what this version of the program writes, and the newest that it reads
 */
record Schema(int newest) {

    static final String KEY = "schema";

    void write(RocksDB db, WriteOptions options) throws RocksDBException {
        db.put(options, key(), ByteBuffer.allocate(Integer.BYTES).putInt(newest).array());
    }

    /**
     * Looks at the version alone, since a newer store may have other tables; changes nothing.
     *
     * @throws StoreException if there is none that this version of the program reads
     */
    void require(StoreFailures failures) throws RocksDBException, StoreException {
        try (Natives natives = new Natives()) {
            NativeOptions options = NativeOptions.forPeers(natives);
            RocksDB db =
                    natives.openReadOnly(options.database(), failures.dir(), options.families(), new ArrayList<>());
            requireKnown(failures, db.get(key()));
        }
    }

    private void requireKnown(StoreFailures failures, byte @Nullable [] stored) throws StoreException {
        if (stored == null || stored.length != Integer.BYTES) {
            throw failures.corrupt("it has no schema version");
        }
        int schema = ByteBuffer.wrap(stored).getInt();
        if (schema > newest) {
            throw failures.newer(schema, newest);
        }
        if (schema < 1) {
            throw failures.corrupt("schema version " + schema);
        }
    }

    private static byte[] key() {
        return KEY.getBytes(StandardCharsets.US_ASCII);
    }
}
