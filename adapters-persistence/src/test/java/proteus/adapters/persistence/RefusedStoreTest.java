package proteus.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import proteus.application.port.StoreException;
import proteus.application.port.StoreException.Reason;

/** Stores that cannot be opened: the message says why, and everything stays as it was. */
final class RefusedStoreTest {

    private static final int RECORDS = 60;

    @TempDir
    Path temp;

    private Path dir;

    @BeforeEach
    void makeStore() throws StoreException {
        dir = temp.resolve("peers");
        try (RocksDbPeerStore store = RocksDbPeerStore.open(dir)) {
            for (int i = 0; i < RECORDS; i++) {
                NumberedRecords.put(store, i);
            }
        }
    }

    @Test
    void aStoreThatThisProcessHasOpenIsLocked() throws Exception {
        try (RocksDbPeerStore open = RocksDbPeerStore.open(dir)) {
            StoreException refusal = refusal();

            assertThat(refusal.reason()).isEqualTo(Reason.LOCKED);
            assertThat(refusal).hasMessage("The peer store at " + dir + " is open already. Is another node running?");
            NumberedRecords.put(open, RECORDS);
            assertThat(open.standings()).containsKey(NumberedRecords.ip(RECORDS));
        }
    }

    @Test
    void aStoreThatAnotherProcessHasOpenIsLocked() throws Exception {
        try (ChildProcess child = ChildProcess.start(temp, dir.toString(), "idle", "-")) {
            assertThat(child.line()).isEqualTo("opening");
            assertThat(child.line()).isEqualTo("open");

            assertThat(refusal().reason()).isEqualTo(Reason.LOCKED);
        }
        RocksDbPeerStore.open(dir).close();
    }

    @Test
    void aStoreWithANewerSchemaIsRefused() throws Exception {
        writeSchema(2);

        StoreException refusal = refusal();

        assertThat(refusal.reason()).isEqualTo(Reason.NEWER_SCHEMA);
        assertThat(refusal).hasMessageContaining("newer version of this program (schema 2;");
    }

    @Test
    void aNewerStoreWithOtherTablesIsRefusedAsNewer() throws Exception {
        writeSchema(3);
        try (DBOptions options = new DBOptions()) {
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            try (RocksDB db = RocksDB.open(options, dir.toString(), tables(), handles)) {
                db.dropColumnFamily(handles.get(3));
                db.createColumnFamily(new ColumnFamilyDescriptor("later".getBytes(StandardCharsets.US_ASCII)))
                        .close();
                handles.forEach(ColumnFamilyHandle::close);
            }
        }

        assertThat(refusal().reason()).isEqualTo(Reason.NEWER_SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void aStoreWithAnImpossibleSchemaIsDamaged(int schema) throws Exception {
        writeSchema(schema);

        assertThat(refusal().reason()).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void aRocksDbDatabaseOfAnotherProgramIsDamagedForUs() throws Exception {
        dir = temp.resolve("other");
        RocksDB.open(dir.toString()).close();

        StoreException refusal = refusal();

        assertThat(refusal.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(refusal).hasMessageContaining("it has no schema version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CURRENT", "MANIFEST-.*", ".*\\.sst"})
    void aMissingFileIsDamage(String name) throws Exception {
        Files.delete(file(name));

        requireDamageSaid();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CURRENT", "MANIFEST-.*", ".*\\.sst"})
    void anEmptiedFileIsDamage(String name) throws Exception {
        Files.write(file(name), new byte[0]);

        requireDamageSaid();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CURRENT", "MANIFEST-.*", ".*\\.sst"})
    void aFileWithOverwrittenBytesIsDamage(String name) throws Exception {
        Path file = file(name);
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < Math.min(16, bytes.length / 2); i++) {
            bytes[bytes.length / 4 + i] ^= (byte) 0xA5;
        }
        Files.write(file, bytes);

        requireDamageSaid();
    }

    @Test
    void aRecordThatNobodyWritesIsDamage() throws Exception {
        try (DBOptions options = new DBOptions()) {
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            try (RocksDB db = RocksDB.open(options, dir.toString(), tables(), handles)) {
                db.put(handles.get(2), new byte[] {4, 10, 0, 0, 1}, new byte[] {9});
                handles.forEach(ColumnFamilyHandle::close);
            }
        }

        assertThat(requireDamageSaid())
                .hasMessageContaining("record in table bans")
                .hasMessageContaining("version 9");
    }

    @Test
    void aFileWhereTheDirectoryShouldBeIsRefused() throws Exception {
        dir = Files.writeString(temp.resolve("file"), "precious");

        StoreException refusal = refusal();

        assertThat(refusal.reason()).isEqualTo(Reason.IO);
        assertThat(refusal).hasMessageEndingWith("should be a directory and is not.");
    }

    @Test
    void aFileAboveTheDirectoryIsRefused() throws Exception {
        dir = Files.writeString(temp.resolve("file"), "precious").resolve("peers");

        assertThat(refusal().reason()).isEqualTo(Reason.IO);
    }

    @Test
    void aDirectoryWithOtherContentIsRefused() throws Exception {
        dir = Files.createDirectory(temp.resolve("letters"));
        Files.writeString(dir.resolve("to-mother.txt"), "precious");

        requireDamageSaid();
    }

    @Test
    void withoutATemporaryDirectoryTheMessageNamesIt() throws Exception {
        Path missing = temp.resolve("no-such-tmp");
        try (ChildProcess child = ChildProcess.start(missing, dir.toString(), "idle", "-")) {
            assertThat(child.line()).isEqualTo("opening");

            assertThat(child.line())
                    .startsWith("IO RocksDB's native library cannot be loaded. It is unpacked into the temporary"
                            + " directory, " + missing + ": ");
        }
    }

    @Test
    void aReadOnlyDirectoryIsRefused() throws Exception {
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(dir), "permissions do not bind this user");

            StoreException refusal = refusal();

            assertThat(refusal.reason()).isEqualTo(Reason.IO);
            assertThat(refusal).hasMessageEndingWith("is not writable for this user.");
        } finally {
            Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void aNewStoreInAReadOnlyDirectoryIsRefused() throws Exception {
        Path parent = Files.createDirectory(temp.resolve("read-only"));
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(parent), "permissions do not bind this user");
            dir = parent.resolve("peers");

            assertThat(refusal().reason()).isEqualTo(Reason.IO);
        } finally {
            Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private StoreException requireDamageSaid() throws IOException {
        StoreException refusal = refusal();
        assertThat(refusal.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(refusal)
                .hasMessageStartingWith("The peer store at " + dir + " is damaged (")
                .hasMessageContaining("Nothing was changed. Restore a backup");
        return refusal;
    }

    /** Why the store cannot be opened, twice the same, and that no file changed. */
    private StoreException refusal() throws IOException {
        Map<String, String> before = DirectoryContent.of(temp);
        StoreException first = catchThrowableOfType(StoreException.class, () -> RocksDbPeerStore.open(dir));
        StoreException second = catchThrowableOfType(StoreException.class, () -> RocksDbPeerStore.open(dir));
        assertThat(DirectoryContent.of(temp)).isEqualTo(before);
        assertThat(second).hasSameClassAs(first).hasMessage(first.getMessage());
        return first;
    }

    private Path file(String name) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void writeSchema(int schema) throws Exception {
        try (DBOptions options = new DBOptions()) {
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            try (RocksDB db = RocksDB.open(options, dir.toString(), tables(), handles)) {
                db.put(
                        Schema.KEY.getBytes(StandardCharsets.US_ASCII),
                        ByteBuffer.allocate(4).putInt(schema).array());
                handles.forEach(ColumnFamilyHandle::close);
            }
        }
    }

    private static List<ColumnFamilyDescriptor> tables() {
        return Stream.of("default", "standings", "bans", "addresses")
                .map(name -> new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.US_ASCII)))
                .toList();
    }
}
