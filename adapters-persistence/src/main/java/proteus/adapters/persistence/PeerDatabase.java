package proteus.adapters.persistence;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;
import proteus.application.port.JournalEntry;
import proteus.application.port.Measurement;
import proteus.application.port.StoreException;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerStanding;

/** The open RocksDB database of a peer store and its tables. Used on the store's thread only. */
final class PeerDatabase implements AutoCloseable {

    private static final Schema SCHEMA = new Schema(1);
    private static final StoreInstrument INSTRUMENT = new StoreInstrument(StoreKind.PEERS);

    private final Natives natives;
    private final RocksDB db;
    private final List<ColumnFamilyHandle> families;
    private final WriteOptions synced;
    private final WriteOptions unsynced;
    private final Table<IpAddress, PeerStanding> standings;
    private final Table<IpAddress, Instant> bans;
    private final Table<PeerAddress, AddressFormat.Entry> addresses;
    private final MigrationTables migration;
    private boolean closed;

    private PeerDatabase(Natives natives, RocksDB db, List<ColumnFamilyHandle> families, Bounds bounds) {
        this.natives = natives;
        this.db = db;
        this.families = List.copyOf(families);
        synced = natives.own(new WriteOptions()).setSync(true);
        unsynced = natives.own(new WriteOptions()).setSync(false);
        standings = new Table<>(db, KeySpace.whole(db, families.get(1)), new StandingFormat(), bounds.standings());
        bans = new Table<>(db, KeySpace.whole(db, families.get(2)), new BanFormat(), bounds.bans());
        addresses = new Table<>(db, KeySpace.whole(db, families.get(3)), new AddressFormat(), bounds.addressBook());
        migration = new MigrationTables(db, families.getFirst(), bounds);
    }

    /** Creates a database in {@code dir}, an empty directory, and closes it. */
    static void create(Path dir) throws RocksDBException {
        try (Natives natives = new Natives()) {
            NativeOptions options = NativeOptions.forPeers(natives);
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            RocksDB db = natives.open(options.creating(), dir, allFamilies(options), handles);
            SCHEMA.write(db, natives.own(new WriteOptions()).setSync(true));
        }
    }

    /** Reads the whole database without changing it, and checks its schema version and every record. */
    static void verify(Path dir) throws RocksDBException, MalformedRecordException, StoreException {
        SCHEMA.require(new StoreFailures(StoreKind.PEERS, dir));
        try (PeerDatabase database = open(dir, Bounds.OF_PORT, true)) {
            database.db.verifyChecksum();
            database.load();
        }
    }

    /** Opens the database for reading and writing; it was verified before. */
    static PeerDatabase open(Path dir, Bounds bounds) throws RocksDBException, MalformedRecordException {
        PeerDatabase database = open(dir, bounds, false);
        try {
            database.load();
        } catch (RocksDBException | MalformedRecordException | RuntimeException failure) {
            database.close();
            throw failure;
        }
        return database;
    }

    private static PeerDatabase open(Path dir, Bounds bounds, boolean readOnly) throws RocksDBException {
        Natives natives = new Natives();
        try {
            NativeOptions options = NativeOptions.forPeers(natives);
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            RocksDB db = readOnly
                    ? natives.openReadOnly(options.database(), dir, allFamilies(options), handles)
                    : natives.open(options.database(), dir, allFamilies(options), handles);
            return new PeerDatabase(natives, db, handles, bounds);
        } catch (RocksDBException | RuntimeException failure) {
            natives.close();
            throw failure;
        }
    }

    /** The latest entries of a journal, the oldest of them first, read without changing the database; it was verified before. */
    static List<JournalEntry> readJournal(Path dir, int most) throws RocksDBException, MalformedRecordException {
        try (PeerDatabase database = open(dir, Bounds.OF_PORT, true)) {
            database.migration.load();
            return database.migration.journal(most);
        }
    }

    private void load() throws RocksDBException, MalformedRecordException {
        standings.load();
        bans.load();
        addresses.load();
        migration.load();
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

    MigrationTables migration() {
        return migration;
    }

    /** What it tells of itself. */
    List<Measurement> measure(StoreThread thread) throws RocksDBException {
        return INSTRUMENT.measure(db, thread);
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

    private static List<ColumnFamilyDescriptor> allFamilies(NativeOptions options) {
        return options.families(new StandingFormat().table(), new BanFormat().table(), new AddressFormat().table());
    }
}
