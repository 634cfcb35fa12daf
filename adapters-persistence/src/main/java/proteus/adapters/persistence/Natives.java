package proteus.adapters.persistence;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Native resources that are closed together, the latest first: what was made from another goes before it. */
final class Natives implements AutoCloseable {

    private final Deque<AbstractNativeReference> owned = new ArrayDeque<>();

    /** Takes {@code resource} over and gives it back. */
    <T extends AbstractNativeReference> T own(T resource) {
        owned.push(resource);
        return resource;
    }

    /** Opens the database at {@code dir}; puts the handles of its families into {@code handles}. */
    RocksDB open(DBOptions options, Path dir, List<ColumnFamilyDescriptor> families, List<ColumnFamilyHandle> handles)
            throws RocksDBException {
        RocksDB db = own(RocksDB.open(options, dir.toString(), families, handles));
        handles.forEach(this::own);
        return db;
    }

    /** The same, but what is opened cannot be written, and no file is changed. */
    RocksDB openReadOnly(
            DBOptions options, Path dir, List<ColumnFamilyDescriptor> families, List<ColumnFamilyHandle> handles)
            throws RocksDBException {
        RocksDB db = own(RocksDB.openReadOnly(options, dir.toString(), families, handles));
        handles.forEach(this::own);
        return db;
    }

    /** Closes everything. Does nothing the second time. */
    @Override
    public void close() {
        while (!owned.isEmpty()) {
            owned.pop().close();
        }
    }
}
