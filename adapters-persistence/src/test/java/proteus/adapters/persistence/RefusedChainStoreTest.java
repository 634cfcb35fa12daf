package proteus.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.rocksdb.RocksDBException;
import proteus.application.chain.ChainVerification;
import proteus.application.contract.ComposedChain;
import proteus.application.port.StoreException;
import proteus.application.port.StoreException.Reason;
import proteus.application.port.StoreException.Store;
import proteus.application.runtime.PlatformWorkPool;
import proteus.domain.block.BlockHeight;
import proteus.domain.consensus.BlockValidation;
import proteus.domain.consensus.KnownClaims;

/** Chain stores that cannot be opened, or turn out damaged: the message says why, and everything stays as it was. */
final class RefusedChainStoreTest {

    private static final ComposedChain CHAIN =
            ComposedChain.of(ChainWriter.NETWORK).grow(30, 1);

    @TempDir
    Path temp;

    private Path dir;

    @BeforeEach
    void makeStore() throws StoreException {
        dir = temp.resolve("chain");
        try (RocksDbChainStore store = RocksDbChainStore.open(dir)) {
            store.adopt(CHAIN.blocks(), BlockHeight.GENESIS, CHAIN.digests(0, 30));
        }
    }

    @Test
    void aStoreThatIsOpenIsLocked() throws Exception {
        try (RocksDbChainStore open = RocksDbChainStore.open(dir)) {
            StoreException refusal = refusal();

            assertThat(refusal.reason()).isEqualTo(Reason.LOCKED);
            assertThat(refusal.store()).isEqualTo(Store.CHAIN);
            assertThat(refusal).hasMessage("The chain store at " + dir + " is open already. Is another node running?");
            assertThat(open.tip()).contains(CHAIN.tip().digest());
        }
    }

    @Test
    void aStoreWithANewerSchemaIsRefused() throws Exception {
        change(db -> db.put(
                Schema.KEY.getBytes(StandardCharsets.US_ASCII),
                ByteBuffer.allocate(4).putInt(2).array()));

        StoreException refusal = refusal();

        assertThat(refusal.reason()).isEqualTo(Reason.NEWER_SCHEMA);
        assertThat(refusal)
                .hasMessageContaining("newer version of this program (schema 2;")
                .hasMessageContaining("move the directory away to fetch the chain anew.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CURRENT", "MANIFEST-.*", ".*\\.sst"})
    void aMissingFileIsDamage(String name) throws Exception {
        for (Path file : files(name)) {
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);

            requireDamageSaid(refusal());

            Files.write(file, content);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CURRENT", ".*\\.sst"})
    void aCutFileIsDamage(String name) throws Exception {
        for (Path file : files(name)) {
            byte[] content = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(content, content.length / 2));

            requireDamageSaid(refusal());

            Files.write(file, content);
        }
    }

    @Test
    void overwrittenBytesAreFoundWhereverTheyAreAndNoFileChanges() throws Exception {
        for (Path file : files(".*\\.sst")) {
            byte[] content = Files.readAllBytes(file);
            for (int at = 0; at + 16 < content.length; at += Math.max(64, content.length / 12)) {
                byte[] damaged = content.clone();
                for (int i = 0; i < 16; i++) {
                    damaged[at + i] ^= (byte) 0xA5;
                }
                Files.write(file, damaged);
                Map<String, String> before = DirectoryContent.of(temp);

                StoreException found = catchThrowableOfType(StoreException.class, this::verify);

                assertThat(found).as("%s at %d", file, at).isNotNull();
                assertThat(found.reason()).as("%s at %d: %s", file, at, found).isEqualTo(Reason.CORRUPT);
                assertThat(found.store()).isEqualTo(Store.CHAIN);
                requireUnchanged(before);
            }
            Files.write(file, content);
        }
    }

    @Test
    void aGapInTheChainIsDamage() throws Exception {
        changeIn("chain", (db, chain) -> db.delete(chain, ChainKeys.of(new BlockHeight(9))));

        StoreException found = catchThrowableOfType(StoreException.class, this::verify);

        assertThat(found.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(found).hasMessageContaining("the chain has no block of height 9");
    }

    @Test
    void aBlockWithoutItsHeaderIsDamage() throws Exception {
        changeIn(
                "headers",
                (db, headers) -> db.delete(
                        headers,
                        ChainKeys.of(new BlockHeight(9), CHAIN.blocks().get(9).digest())));

        StoreException found = catchThrowableOfType(StoreException.class, this::verify);

        assertThat(found.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(found)
                .hasMessageContaining("a part of block " + CHAIN.blocks().get(9).digest() + " is missing");
    }

    @Test
    void aRecordThatNobodyWritesIsDamage() throws Exception {
        changeIn("chain", (db, chain) -> db.put(chain, ChainKeys.of(new BlockHeight(9)), new byte[41]));

        StoreException found = catchThrowableOfType(StoreException.class, this::verify);

        assertThat(found.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(found).hasMessageContaining("record version 0");
    }

    @Test
    void aDirectoryWithOtherContentIsRefused() throws Exception {
        dir = Files.createDirectory(temp.resolve("letters"));
        Files.writeString(dir.resolve("to-mother.txt"), "precious");

        requireDamageSaid(refusal());
    }

    @Test
    void aFileWhereTheDirectoryShouldBeIsRefused() throws Exception {
        dir = Files.writeString(temp.resolve("file"), "precious");

        assertThat(refusal()).hasMessageEndingWith("should be a directory and is not.");
    }

    @Test
    void whatIsOpenForReadingOnlyIsNotWritten() throws Exception {
        Map<String, String> before = DirectoryContent.of(temp);
        try (RocksDbChainStore store = RocksDbChainStore.openReadOnly(dir)) {
            StoreException refusal = catchThrowableOfType(StoreException.class, () -> store.keep(CHAIN.blocks(3, 4)));

            assertThat(refusal.reason()).isEqualTo(Reason.IO);
            assertThat(store.tip()).contains(CHAIN.tip().digest());
        }
        requireUnchanged(before);
    }

    @Test
    void aMissingStoreIsNotMadeByReading() {
        dir = temp.resolve("nowhere");

        assertThat(catchThrowableOfType(StoreException.class, () -> RocksDbChainStore.openReadOnly(dir))
                        .reason())
                .isEqualTo(Reason.IO);
        assertThat(dir).doesNotExist();
    }

    private void verify() throws StoreException, InterruptedException {
        try (RocksDbChainStore store = RocksDbChainStore.openReadOnly(dir);
                PlatformWorkPool pool = new PlatformWorkPool("verify-", 2, 2)) {
            BlockValidation rules = new BlockValidation(ChainWriter.NETWORK, KnownClaims.none());
            store.verifyFiles();
            new ChainVerification(ChainWriter.NETWORK, store, rules, pool, () -> ChainWriter.NOW)
                    .verify((checked, all) -> {});
        }
    }

    private void requireDamageSaid(StoreException refusal) {
        assertThat(refusal.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(refusal.store()).isEqualTo(Store.CHAIN);
        assertThat(refusal)
                .hasMessageStartingWith("The chain store at " + dir + " is damaged (")
                .hasMessageEndingWith("Nothing was changed. Move the directory away to fetch the chain anew.");
    }

    /** Why the store cannot be opened, to write and to read, and that no file changed. */
    private StoreException refusal() throws IOException {
        Map<String, String> before = DirectoryContent.of(temp);
        StoreException first = catchThrowableOfType(StoreException.class, () -> RocksDbChainStore.open(dir));
        StoreException second = catchThrowableOfType(StoreException.class, () -> RocksDbChainStore.openReadOnly(dir));
        requireUnchanged(before);
        assertThat(second).hasMessage(first.getMessage());
        return first;
    }

    private void requireUnchanged(Map<String, String> before) throws IOException {
        Map<String, String> after = DirectoryContent.of(temp);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        // Only the names of the files that changed: their content is long.
        assertThat(after.keySet()).allMatch(name -> Objects.equals(after.get(name), before.get(name)));
    }

    private List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().matches(name))
                    .sorted()
                    .toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    private interface Change {
        void on(RocksDB db) throws RocksDBException;
    }

    private interface ChangeInTable {
        void on(RocksDB db, ColumnFamilyHandle table) throws RocksDBException;
    }

    private void change(Change change) throws RocksDBException {
        changeIn("chain", (db, table) -> change.on(db));
    }

    private void changeIn(String table, ChangeInTable change) throws RocksDBException {
        List<String> names = List.of("default", "blocks", "headers", "heights", "chain");
        List<ColumnFamilyDescriptor> families = names.stream()
                .map(name -> new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.US_ASCII)))
                .toList();
        try (DBOptions options = new DBOptions()) {
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            try (RocksDB db = RocksDB.open(options, dir.toString(), families, handles)) {
                change.on(db, handles.get(names.indexOf(table)));
                handles.forEach(ColumnFamilyHandle::close);
            }
        }
    }
}
