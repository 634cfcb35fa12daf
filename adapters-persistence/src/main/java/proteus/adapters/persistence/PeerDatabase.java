package proteus.adapters.persistence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;
import proteus.application.port.StoreException;
import proteus.application.port.StoreException.Reason;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerStanding;

/** The open RocksDB database of a peer store and its tables. Used on the store's thread only. */
final class PeerDatabase implements AutoCloseable {

    /** What this version writes, and the newest that it reads. */
    static final int SCHEMA = 1;

    /** Where the schema version is, in the default column family: four bytes, big endian. */
    static final String SCHEMA_KEY = "schema";

    private final Natives natives;
    private final RocksDB db;
    private final List<ColumnFamilyHandle> families;
    private final WriteOptions synced;
    private final WriteOptions unsynced;
    private final Table<IpAddress, PeerStanding> standings;
    private final Table<IpAddress, Instant> bans;
    private final Table<PeerAddress, AddressFormat.Entry> addresses;
    private boolean closed;

    private PeerDatabase(Natives natives, RocksDB db, List<ColumnFamilyHandle> families, Bounds bounds) {
        this.natives = natives;
        this.db = db;
        this.families = List.copyOf(families);
        synced = natives.own(new WriteOptions()).setSync(true);
        unsynced = natives.own(new WriteOptions()).setSync(false);
        standings = new Table<>(db, families.get(1), new StandingFormat(), bounds.standings());
        bans = new Table<>(db, families.get(2), new BanFormat(), bounds.bans());
        addresses = new Table<>(db, families.get(3), new AddressFormat(), bounds.addressBook());
    }

    /** Creates a database in {@code dir}, an empty directory, and closes it. */
    static void create(Path dir) throws RocksDBException {
        try (Natives natives = new Natives()) {
            NativeOptions options = new NativeOptions(natives);
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            RocksDB db = open(natives, options.creating(), dir, allFamilies(options), handles);
            WriteOptions synced = natives.own(new WriteOptions()).setSync(true);
            db.put(
                    synced,
                    schemaKey(),
                    ByteBuffer.allocate(Integer.BYTES).putInt(SCHEMA).array());
        }
    }

    /**
     * Looks whether another process, or this one, has the database open; changes nothing.
     *
     * @throws RocksDBException that it is locked, or that it is there, which is what is hoped for
     */
    static void probeLock(Path dir) throws RocksDBException {
        try (Natives natives = new Natives()) {
            NativeOptions options = new NativeOptions(natives);
            open(natives, options.refusingWhatExists(), dir, options.families(), new ArrayList<>());
        }
    }

    /** Reads the whole database without changing it, and checks its schema version and every record. */
    static void verify(Path dir) throws RocksDBException, MalformedRecordException, StoreException {
        try (Natives natives = new Natives()) {
            NativeOptions options = new NativeOptions(natives);
            // A newer schema may have other tables, so its version is looked at alone and first.
            RocksDB db = openReadOnly(natives, options.database(), dir, options.families(), new ArrayList<>());
            requireKnownSchema(dir, db.get(schemaKey()));
        }
        try (PeerDatabase database = open(dir, Bounds.OF_PORT, true)) {
            database.db.verifyChecksum();
            database.standings.load();
            database.bans.load();
            database.addresses.load();
        }
    }

    /** Opens the database for reading and writing; it was verified before. */
    static PeerDatabase open(Path dir, Bounds bounds) throws RocksDBException, MalformedRecordException {
        PeerDatabase database = open(dir, bounds, false);
        try {
            database.standings.load();
            database.bans.load();
            database.addresses.load();
        } catch (RocksDBException | MalformedRecordException | RuntimeException failure) {
            database.close();
            throw failure;
        }
        return database;
    }

    private static PeerDatabase open(Path dir, Bounds bounds, boolean readOnly) throws RocksDBException {
        Natives natives = new Natives();
        try {
            NativeOptions options = new NativeOptions(natives);
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            RocksDB db = readOnly
                    ? openReadOnly(natives, options.database(), dir, allFamilies(options), handles)
                    : open(natives, options.database(), dir, allFamilies(options), handles);
            return new PeerDatabase(natives, db, handles, bounds);
        } catch (RocksDBException | RuntimeException failure) {
            natives.close();
            throw failure;
        }
    }

    Table<IpAddress, PeerStanding> standings() {
        return standings;
    }

    Table<IpAddress, Instant> bans() {
        return bans;
    }

    Table<PeerAddress, AddressFormat.Entry> addresses() {
        return addresses;
    }

    /** For writes that survive power loss, and with them every write before. */
    WriteOptions synced() {
        return synced;
    }

    /** For writes that survive the end of the process. */
    WriteOptions unsynced() {
        return unsynced;
    }

    /** Writes a complete copy as of now to {@code target}, which does not exist. */
    void copyTo(Path target) throws RocksDBException {
        try (Checkpoint checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(target.toString());
        }
    }

    /** Writes everything to its place on the disk. */
    void flush() throws RocksDBException {
        try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
            db.flush(wait, families);
        }
        db.syncWal();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        natives.close();
    }

    private static void requireKnownSchema(Path dir, byte @Nullable [] stored) throws StoreException {
        if (stored == null || stored.length != Integer.BYTES) {
            throw StoreFailures.corrupt(dir, "it has no schema version");
        }
        int schema = ByteBuffer.wrap(stored).getInt();
        if (schema > SCHEMA) {
            throw new StoreException(
                    Reason.NEWER_SCHEMA,
                    "The peer store at " + dir + " was written by a newer version of this program (schema " + schema
                            + "; this version knows up to " + SCHEMA + "). Nothing was changed. Use the newer version,"
                            + " or move the directory away to start without remembered peers and bans.");
        }
        if (schema < 1) {
            throw StoreFailures.corrupt(dir, "schema version " + schema);
        }
    }

    private static byte[] schemaKey() {
        return SCHEMA_KEY.getBytes(StandardCharsets.US_ASCII);
    }

    private static List<ColumnFamilyDescriptor> allFamilies(NativeOptions options) {
        return options.families(new StandingFormat().table(), new BanFormat().table(), new AddressFormat().table());
    }

    private static RocksDB open(
            Natives natives,
            DBOptions options,
            Path dir,
            List<ColumnFamilyDescriptor> families,
            List<ColumnFamilyHandle> handles)
            throws RocksDBException {
        RocksDB db = natives.own(RocksDB.open(options, dir.toString(), families, handles));
        handles.forEach(natives::own);
        return db;
    }

    private static RocksDB openReadOnly(
            Natives natives,
            DBOptions options,
            Path dir,
            List<ColumnFamilyDescriptor> families,
            List<ColumnFamilyHandle> handles)
            throws RocksDBException {
        RocksDB db = natives.own(RocksDB.openReadOnly(options, dir.toString(), families, handles));
        handles.forEach(natives::own);
        return db;
    }
}
