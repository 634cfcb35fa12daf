package proteus.adapters.persistence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import proteus.application.port.JournalEntry;
import proteus.application.port.Rollout;
import proteus.domain.peer.PeerAddress;

/**
 * What a peer store keeps for the migration: in the default column family, where versions of the program that know nothing of
 * it leave it alone. Used on the store's thread only; owns no native resource.
 *
 * <p>Entries of the journal are numbered in the order of writing, without gaps.
 */
final class MigrationTables {

    private static final String ROLLOUT = "rollout";
    private static final String JOURNAL = "journal";
    private static final byte[] FROM_THE_FIRST = {};
    private static final byte[] ONLY = {};

    private final RocksDB db;
    private final KeySpace rollout;
    private final KeySpace journal;
    private final Table<PeerAddress, CounterpartFormat.Entry> counterparts;
    private final int bound;
    private long first;
    private long next;

    MigrationTables(RocksDB db, ColumnFamilyHandle family, Bounds bounds) {
        this.db = db;
        rollout = KeySpace.beginning(db, family, ROLLOUT);
        journal = KeySpace.beginning(db, family, JOURNAL);
        CounterpartFormat format = new CounterpartFormat();
        counterparts = new Table<>(db, KeySpace.beginning(db, family, format.table()), format, bounds.counterparts());
        bound = bounds.journal();
    }

    /** Learns which records there are, after the store was opened. */
    void load() throws RocksDBException, MalformedRecordException {
        Optional<Rollout> _ = rollout();
        counterparts.load();
        first = 0;
        next = 0;
        journal.forEach(FROM_THE_FIRST, (key, value) -> {
            long number = number(key);
            JournalEntry _ = entry(value);
            if (next == 0) {
                first = number;
            } else if (number != next) {
                throw new MalformedRecordException(
                        "record in table " + JOURNAL + ": " + number + " where " + next + " belongs");
            }
            next = number + 1;
        });
    }

    Table<PeerAddress, CounterpartFormat.Entry> counterparts() {
        return counterparts;
    }

    Optional<Rollout> rollout() throws RocksDBException, MalformedRecordException {
        byte @Nullable [] bytes = rollout.get(ONLY);
        return bytes == null
                ? Optional.empty()
                : Optional.of(RecordBytes.readValue(ROLLOUT, bytes, JournalFormat::readRollout));
    }

    /** Stores what was decided, and the entry about it, in one atomic write. */
    void putRollout(JournalEntry.StageChanged change, WriteOptions options) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            rollout.put(batch, ONLY, RecordBytes.ofValue(out -> JournalFormat.write(change.to(), out)));
            append(change, batch, options);
        }
    }

    /** Adds an entry; in a full journal the oldest one goes, in the same atomic write. */
    void append(JournalEntry entry, WriteOptions options) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            append(entry, batch, options);
        }
    }

    private void append(JournalEntry entry, WriteBatch batch, WriteOptions options) throws RocksDBException {
        journal.put(batch, key(next), RecordBytes.ofValue(out -> JournalFormat.write(entry, out)));
        long kept = Math.max(first, next + 1 - bound);
        // More than one only where an earlier version kept more.
        for (long number = first; number < kept; number++) {
            journal.delete(batch, key(number));
        }
        db.write(options, batch);
        first = kept;
        next++;
    }

    /** The latest entries, the oldest of them first. */
    List<JournalEntry> journal(int most) throws RocksDBException, MalformedRecordException {
        List<JournalEntry> entries = new ArrayList<>();
        if (most > 0) {
            journal.forEach(key(Math.max(first, next - most)), (_, value) -> entries.add(entry(value)));
        }
        return List.copyOf(entries);
    }

    private static byte[] key(long number) {
        return RecordBytes.ofKey(out -> out.writeLong(number));
    }

    private static long number(byte[] key) throws MalformedRecordException {
        return RecordBytes.readKey(JOURNAL, key, in -> {
            long number = in.readLong();
            if (number < 0 || number == Long.MAX_VALUE) {
                throw new IOException("number " + number);
            }
            return number;
        });
    }

    private static JournalEntry entry(byte[] value) throws MalformedRecordException {
        return RecordBytes.readValue(JOURNAL, value, JournalFormat::readEntry);
    }
}
