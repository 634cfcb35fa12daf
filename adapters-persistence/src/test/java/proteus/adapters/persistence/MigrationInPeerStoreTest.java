package proteus.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import proteus.application.port.JournalEntry;
import proteus.application.port.MigrationStore;
import proteus.application.port.StoreException;
import proteus.application.port.StoreException.Reason;

/** What the migration remembers, over the life of the store that it is in. */
final class MigrationInPeerStoreTest {

    private static final int RECORDS = 60;

    @TempDir
    Path temp;

    private Path dir;

    @BeforeEach
    void nameDirectory() {
        dir = temp.resolve("peers");
    }

    @Test
    void everythingIsThereWhenTheStoreIsOpenedAgain() throws StoreException {
        fill(0, RECORDS, Bounds.OF_PORT);

        requireFilled(dir);
    }

    @Test
    void theJournalGoesOnWhereItEndedWhenTheStoreIsOpenedAgain() throws StoreException {
        fill(0, 10, bounds(8));
        fill(10, 13, bounds(8));

        assertThat(journal(bounds(8))).isEqualTo(entries(5, 13));
    }

    @Test
    void aJournalThatIsLongerThanItMayBeIsCutAtTheNextEntry() throws StoreException {
        fill(0, 20, bounds(20));

        assertThat(journal(bounds(4))).isEqualTo(entries(0, 20));
        fill(20, 21, bounds(4));
        assertThat(journal(bounds(4))).isEqualTo(entries(17, 21));
        assertThat(recordsOf("journal")).isEqualTo(4);
    }

    @Test
    void clearingWhatIsKnownOfPeersLeavesTheMigrationAlone() throws StoreException {
        fill(0, RECORDS, Bounds.OF_PORT);
        try (RocksDbPeerStore store = RocksDbPeerStore.open(dir)) {
            store.clearStandings();
            store.removeBans();
        }

        requireFilled(dir);
    }

    @Test
    void aBackupHasIt() throws StoreException {
        fill(0, RECORDS, Bounds.OF_PORT);
        try (RocksDbPeerStore store = RocksDbPeerStore.open(dir)) {
            store.backup(temp.resolve("backup"));
        }

        RocksDbPeerStore.restore(temp.resolve("backup"), temp.resolve("restored"));

        requireFilled(temp.resolve("restored"));
    }

    @Test
    void aStoreOfAVersionWithoutMigrationOpensWithAllThatIsInIt() throws Exception {
        unpack("peers-without-migration.zip");
        try (RocksDbPeerStore store = RocksDbPeerStore.open(dir)) {
            requirePeers(store);
            assertThat(store.migration().rollout()).isEmpty();
            assertThat(store.migration().journal(1)).isEmpty();
            for (int i = 0; i < RECORDS; i++) {
                MigrationRecords.put(store.migration(), i);
            }
        }

        requireFilled(dir);
        try (RocksDbPeerStore store = RocksDbPeerStore.open(dir)) {
            requirePeers(store);
        }
    }

    /** That version opens these four tables, wants schema 1, and looks at the key of the schema alone in the first. */
    @Test
    void aVersionWithoutMigrationStillFindsItsTablesAndItsSchema() throws Exception {
        fill(0, RECORDS, Bounds.OF_PORT);

        try (DBOptions options = new DBOptions();
                RocksDB db = RocksDB.open(options, dir.toString(), tables(), new ArrayList<>())) {
            assertThat(db.get(Schema.KEY.getBytes(StandardCharsets.US_ASCII))).containsExactly(0, 0, 0, 1);
        }
    }

    @Test
    void theJournalOfAStoppedNodeIsReadWithoutChangingAFile() throws Exception {
        fill(0, RECORDS, Bounds.OF_PORT);
        Map<String, String> before = DirectoryContent.of(temp);

        assertThat(RocksDbPeerStore.readJournal(dir, 5)).isEqualTo(entries(RECORDS - 5, RECORDS));
        assertThat(RocksDbPeerStore.readJournal(dir, Integer.MAX_VALUE)).isEqualTo(entries(0, RECORDS));

        assertThat(DirectoryContent.of(temp)).isEqualTo(before);
    }

    @Test
    void theJournalOfARunningNodeIsLocked() throws Exception {
        try (RocksDbPeerStore _ = RocksDbPeerStore.open(dir)) {
            StoreException refusal =
                    catchThrowableOfType(StoreException.class, () -> RocksDbPeerStore.readJournal(dir, 5));

            assertThat(refusal.reason()).isEqualTo(Reason.LOCKED);
        }
    }

    @Test
    void aMissingJournalIsNotMade() {
        StoreException refusal = catchThrowableOfType(StoreException.class, () -> RocksDbPeerStore.readJournal(dir, 5));

        assertThat(refusal).hasMessageContaining("should be a directory and is not");
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void recordsThatNobodyWritesAreDamage() throws Exception {
        byte[] zero = {0, 0, 0, 0, 0, 0, 0, 0};
        requireDamage("rollout", new byte[0], new byte[] {1, 2, 101}, "share outside 0 to 100: 101");
        requireDamage("rollout", new byte[0], new byte[] {9, 2, 1}, "record version 9");
        requireDamage("journal", new byte[] {0}, new byte[] {1}, "record in table journal");
        requireDamage("journal", zero, new byte[] {1, 7}, "record in table journal");
        requireDamage("counterparts", new byte[] {4, 1, 2, 3, 4, 0, 1}, new byte[] {1, 9}, "in table counterparts");
    }

    @Test
    void aGapInTheJournalIsDamage() throws Exception {
        fill(0, 5, Bounds.OF_PORT);
        edit(db -> db.delete(key("journal", new byte[] {0, 0, 0, 0, 0, 0, 0, 2})));

        assertThat(refusal()).hasMessageContaining("record in table journal: 3 where 2 belongs");
    }

    private void requireDamage(String table, byte[] key, byte[] value, String what) throws Exception {
        dir = Files.createTempDirectory(temp, table);
        RocksDbPeerStore.open(dir).close();
        edit(db -> db.put(key(table, key), value));

        assertThat(refusal())
                .hasMessageStartingWith("The peer store at " + dir + " is damaged (")
                .hasMessageContaining(what);
    }

    private StoreException refusal() {
        StoreException refusal = catchThrowableOfType(StoreException.class, () -> RocksDbPeerStore.open(dir));
        assertThat(refusal.reason()).isEqualTo(Reason.CORRUPT);
        return refusal;
    }

    private void fill(int first, int end, Bounds bounds) throws StoreException {
        try (RocksDbPeerStore store = RocksDbPeerStore.open(dir, bounds)) {
            for (int i = first; i < end; i++) {
                MigrationRecords.put(store.migration(), i);
            }
        }
    }

    private List<JournalEntry> journal(Bounds bounds) throws StoreException {
        try (RocksDbPeerStore store = RocksDbPeerStore.open(dir, bounds)) {
            return store.migration().journal(Integer.MAX_VALUE);
        }
    }

    private static void requireFilled(Path dir) throws StoreException {
        try (RocksDbPeerStore store = RocksDbPeerStore.open(dir)) {
            MigrationStore migration = store.migration();
            assertThat(migration.rollout()).isEqualTo(MigrationRecords.rolloutAfter(RECORDS));
            assertThat(migration.journal(RECORDS + 1)).isEqualTo(entries(0, RECORDS));
            assertThat(migration.counterparts())
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, RECORDS)
                            .filter(MigrationRecords::hasCounterpart)
                            .mapToObj(MigrationRecords::counterpart)
                            .toList());
        }
    }

    private static void requirePeers(RocksDbPeerStore store) throws StoreException {
        assertThat(store.standings()).hasSize(RECORDS / 3);
        assertThat(store.bans()).hasSize(RECORDS / 3);
        assertThat(store.addressBook()).hasSize(RECORDS / 3);
        for (int i = 0; i < RECORDS; i += 3) {
            assertThat(store.standing(NumberedRecords.ip(i))).contains(NumberedRecords.standing(i));
            assertThat(store.bans()).containsEntry(NumberedRecords.ip(i + 1), NumberedRecords.time(i + 1));
            assertThat(store.addressBook()).contains(NumberedRecords.entry(i + 2));
        }
    }

    private static List<JournalEntry> entries(int first, int end) {
        return IntStream.range(first, end).mapToObj(MigrationRecords::entry).toList();
    }

    private static Bounds bounds(int journal) {
        return new Bounds(1, 1, 1, journal, RECORDS);
    }

    private void unpack(String name) throws IOException {
        Files.createDirectory(dir);
        try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream(name), name);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.copy(zip, dir.resolve(entry.getName()));
            }
        }
    }

    private int recordsOf(String prefix) {
        List<byte[]> found = new ArrayList<>();
        edit(db -> {
            try (var records = db.newIterator()) {
                for (records.seekToFirst(); records.isValid(); records.next()) {
                    if (new String(records.key(), StandardCharsets.ISO_8859_1).startsWith(prefix)) {
                        found.add(records.key());
                    }
                }
            }
        });
        return found.size();
    }

    private interface Edit {
        void on(RocksDB db) throws RocksDBException;
    }

    private void edit(Edit edit) {
        try (DBOptions options = new DBOptions()) {
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            try (RocksDB db = RocksDB.open(options, dir.toString(), tables(), handles)) {
                edit.on(db);
                handles.forEach(ColumnFamilyHandle::close);
            }
        } catch (RocksDBException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static byte[] key(String table, byte[] rest) {
        byte[] key = Arrays.copyOf(table.getBytes(StandardCharsets.US_ASCII), table.length() + rest.length);
        System.arraycopy(rest, 0, key, table.length(), rest.length);
        return key;
    }

    private static List<ColumnFamilyDescriptor> tables() {
        return Stream.of("default", "standings", "bans", "addresses")
                .map(name -> new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.US_ASCII)))
                .toList();
    }
}
