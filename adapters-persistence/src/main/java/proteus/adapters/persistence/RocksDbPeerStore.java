package proteus.adapters.persistence;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;
import proteus.application.port.Instrument;
import proteus.application.port.JournalEntry;
import proteus.application.port.Measurement;
import proteus.application.port.MigrationStore;
import proteus.application.port.PeerStore;
import proteus.application.port.StoreException;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerStanding;

/**
 * The peer store in a RocksDB database, for one process at a time.
 *
 * <p>A write that returned is in the operating system's hands, so the end of the process loses nothing, {@code kill -9}
 * included; a synced one is on the disk. Format, durability, backup and restore: docs/peer-store.md.
 *
 * <p>Every call into RocksDB runs on one platform thread of the store; callers, virtual threads too, only wait. Safe for
 * use by many threads.
 */
public final class RocksDbPeerStore implements PeerStore, Instrument {

    private static final Comparator<AddressBookEntry> LAST_SEEN_FIRST =
            Comparator.comparing(AddressBookEntry::lastSeen).reversed().thenComparing(AddressBookEntry::address);

    private final Path dir;
    private final StoreThread thread;
    private final PeerDatabase database;
    private final MigrationStore migration = new RocksDbMigrationStore(this);
    private final AtomicBoolean closed = new AtomicBoolean();

    private RocksDbPeerStore(Path dir, StoreThread thread, PeerDatabase database) {
        this.dir = dir;
        this.thread = thread;
        this.database = database;
    }

    /**
     * Opens the store at {@code dir} after reading it through; creates it, with the directories above, if {@code dir} is
     * missing or empty. A store that cannot be opened is left as it is.
     *
     * @throws StoreException if it is open elsewhere, has a newer schema, is damaged, or cannot be read or written
     */
    public static RocksDbPeerStore open(Path dir) throws StoreException {
        return open(dir, Bounds.OF_PORT);
    }

    static RocksDbPeerStore open(Path dir, Bounds bounds) throws StoreException {
        StoreThread thread = new StoreThread("peer-store");
        try {
            PeerDatabase database = thread.call(() -> PeerStoreDirectory.open(dir, bounds));
            return new RocksDbPeerStore(dir, thread, database);
        } catch (StoreException | RuntimeException | Error failure) {
            thread.shutDown();
            throw failure;
        }
    }

    /**
     * Makes {@code dir} a copy of {@code backup}, after reading the backup through. The copy appears complete or not at
     * all.
     *
     * @throws StoreException if {@code dir} has any content, which is left as it is; if the backup is damaged or of a
     *     newer schema; or if reading or writing fails
     */
    public static void restore(Path backup, Path dir) throws StoreException {
        StoreThread thread = new StoreThread("peer-store-restore");
        try {
            thread.call(() -> {
                PeerStoreDirectory.restore(backup, dir);
                return dir;
            });
        } finally {
            thread.shutDown();
        }
    }

    /**
     * Writes a copy of the store as of now to {@code target}, and reads it through. The copy appears complete or not at
     * all.
     *
     * @throws StoreException if {@code target} exists, and is left as it is; or if reading or writing fails
     */
    public void backup(Path target) throws StoreException {
        write(open -> PeerStoreDirectory.backUp(open, target));
    }

    @Override
    public List<Measurement> measurements() throws StoreException {
        return read(open -> open.measure(thread));
    }

    @Override
    public Optional<PeerStanding> standing(IpAddress ip) throws StoreException {
        requireCanonical(ip);
        return read(open -> open.standings().get(ip));
    }

    @Override
    public Map<IpAddress, PeerStanding> standings() throws StoreException {
        return read(open -> open.standings().all());
    }

    @Override
    public void putStanding(IpAddress ip, PeerStanding standing) throws StoreException {
        requireCanonical(ip);
        boolean bad = standing.score() <= -standing.tolerance();
        write(open -> {
            WriteOptions options = bad ? open.synced() : open.unsynced();
            open.standings().put(ip, standing, options);
        });
    }

    @Override
    public void clearStanding(IpAddress ip) throws StoreException {
        requireCanonical(ip);
        write(open -> open.standings().remove(ip, open.synced()));
    }

    @Override
    public void clearStandings() throws StoreException {
        write(open -> open.standings().clear(open.synced()));
    }

    @Override
    public Map<IpAddress, Instant> bans() throws StoreException {
        return read(open -> open.bans().all());
    }

    @Override
    public void putBan(IpAddress ip, Instant since) throws StoreException {
        requireCanonical(ip);
        write(open -> open.bans().put(ip, since, open.synced()));
    }

    @Override
    public void removeBan(IpAddress ip) throws StoreException {
        requireCanonical(ip);
        write(open -> open.bans().remove(ip, open.synced()));
    }

    @Override
    public void removeBans() throws StoreException {
        write(open -> open.bans().clear(open.synced()));
    }

    @Override
    public List<AddressBookEntry> addressBook() throws StoreException {
        return read(open -> open.addresses().all()).entrySet().stream()
                .map(entry -> entry.getValue().at(entry.getKey()))
                .sorted(LAST_SEEN_FIRST)
                .toList();
    }

    @Override
    public void putAddress(AddressBookEntry entry) throws StoreException {
        requireCanonical(entry.address().ip());
        write(open -> open.addresses().put(entry.address(), AddressFormat.Entry.of(entry), open.unsynced()));
    }

    @Override
    public void removeAddress(PeerAddress address) throws StoreException {
        requireCanonical(address.ip());
        write(open -> open.addresses().remove(address, open.unsynced()));
    }

    /**
     * What the migration remembers, in this store and for as long as it is open.
     *
     * @return the same store at each call
     */
    public MigrationStore migration() {
        return migration;
    }

    /**
     * The latest entries of the migration's journal in the store at {@code dir}, which nobody has open, the oldest of them
     * first. The store is read through, and no file is changed.
     *
     * @param most how many at most, 0 or more
     * @throws StoreException if it is open elsewhere, missing, has a newer schema, is damaged, or cannot be read
     */
    public static List<JournalEntry> readJournal(Path dir, int most) throws StoreException {
        StoreThread thread = new StoreThread("peer-store-journal");
        try {
            return thread.call(() -> PeerStoreDirectory.readJournal(dir, most));
        } finally {
            thread.shutDown();
        }
    }

    /** {@inheritDoc} After this, the writes that were not synced survive power loss too. */
    @Override
    public void close() throws StoreException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            thread.call(() -> {
                flushAndClose();
                return dir;
            });
        } finally {
            thread.shutDown();
        }
    }

    private void flushAndClose() throws StoreException {
        try (database) {
            database.flush();
        } catch (RocksDBException failure) {
            throw failures().using(failure);
        }
    }

    /** Something to do with the open database that gives something. */
    interface Reading<T> {
        T run(PeerDatabase database) throws RocksDBException, MalformedRecordException, StoreException;
    }

    /** Something to do with the open database. */
    interface Writing {
        void run(PeerDatabase database) throws RocksDBException, StoreException;
    }

    void write(Writing writing) throws StoreException {
        read(open -> {
            writing.run(open);
            return dir;
        });
    }

    <T> T read(Reading<T> reading) throws StoreException {
        return thread.call(() -> {
            // Asked here, on the store's thread: a task may have waited behind the one that closes.
            if (database.isClosed()) {
                throw StoreFailures.closed();
            }
            try {
                return reading.run(database);
            } catch (RocksDBException failure) {
                throw failures().using(failure);
            } catch (MalformedRecordException failure) {
                throw failures().damagedWhileOpen(String.valueOf(failure.getMessage()), failure);
            }
        });
    }

    private StoreFailures failures() {
        return new StoreFailures(StoreKind.PEERS, dir);
    }

    static void requireCanonical(IpAddress ip) {
        if (!ip.equals(ip.canonical())) {
            throw new IllegalArgumentException("not canonical: " + ip);
        }
    }
}
