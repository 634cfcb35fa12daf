package proteus.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.port.StoreException;
import proteus.application.port.StoreException.Reason;

final class RocksDbPeerStoreTest {

    private static final int RECORDS = 60;

    @TempDir
    Path temp;

    @Test
    void everythingIsThereWhenTheStoreIsOpenedAgain() throws StoreException {
        Path dir = temp.resolve("peers");
        fill(dir);

        requireFilled(dir);
    }

    @Test
    void whatWasClearedStaysClearedWhenTheStoreIsOpenedAgain() throws StoreException {
        Path dir = temp.resolve("peers");
        fill(dir);
        try (RocksDbPeerStore store = RocksDbPeerStore.open(dir)) {
            store.clearStandings();
            store.removeBans();
            store.putBan(NumberedRecords.ip(1), NumberedRecords.time(1));
        }

        try (RocksDbPeerStore store = RocksDbPeerStore.open(dir)) {
            assertThat(store.standings()).isEmpty();
            assertThat(store.bans()).isEqualTo(Map.of(NumberedRecords.ip(1), NumberedRecords.time(1)));
        }
    }

    @Test
    void aFullStoreRemembersWhoMakesRoomWhenItIsOpenedAgain() throws StoreException {
        Path dir = temp.resolve("peers");
        Bounds two = new Bounds(2, 2, 2, 2, 2);
        try (RocksDbPeerStore store = RocksDbPeerStore.open(dir, two)) {
            store.putBan(NumberedRecords.ip(1), NumberedRecords.time(20));
            store.putBan(NumberedRecords.ip(2), NumberedRecords.time(10));
        }

        try (RocksDbPeerStore store = RocksDbPeerStore.open(dir, two)) {
            store.putBan(NumberedRecords.ip(3), NumberedRecords.time(30));

            assertThat(store.bans()).containsOnlyKeys(NumberedRecords.ip(1), NumberedRecords.ip(3));
        }
    }

    @Test
    void aStoreIsCreatedWithTheDirectoriesAboveAndNothingBeside() throws Exception {
        Path dir = temp.resolve("a/b/peers");

        fill(dir);

        assertThat(names(dir.getParent())).containsExactly("peers");
        assertThat(names(dir)).contains("CURRENT").noneMatch(name -> name.startsWith("LOG"));
    }

    @Test
    void anEmptyDirectoryBecomesAStore() throws Exception {
        Path dir = Files.createDirectory(temp.resolve("peers"));

        fill(dir);

        requireFilled(dir);
    }

    @Test
    void aLinkToAnEmptyDirectoryStaysALink() throws Exception {
        Path place = Files.createDirectories(temp.resolve("disk/place"));
        Path link = Files.createSymbolicLink(temp.resolve("peers"), place);

        fill(link);

        requireFilled(place);
        assertThat(link).isSymbolicLink();
    }

    @Test
    void aBackupOfAnOpenStoreIsRestored() throws Exception {
        Path dir = temp.resolve("peers");
        Path backup = temp.resolve("backup");
        try (RocksDbPeerStore store = RocksDbPeerStore.open(dir)) {
            for (int i = 0; i < RECORDS; i++) {
                NumberedRecords.put(store, i);
            }
            store.backup(backup);
            store.clearStandings();
            store.removeBans();
        }
        Map<String, String> backedUp = DirectoryContent.of(backup);
        Path restored = temp.resolve("moved/peers");

        RocksDbPeerStore.restore(backup, restored);

        requireFilled(restored);
        assertThat(DirectoryContent.of(backup)).isEqualTo(backedUp);
        assertThat(names(temp)).containsExactly("backup", "moved", "peers");
        assertThat(names(restored.getParent())).containsExactly("peers");
    }

    @Test
    void aBackupOverwritesNothing() throws Exception {
        Path target = Files.createDirectory(temp.resolve("backup"));
        Files.writeString(target.resolve("letter"), "precious");
        try (RocksDbPeerStore store = RocksDbPeerStore.open(temp.resolve("peers"))) {
            Map<String, String> before = DirectoryContent.of(temp);

            StoreException refusal = catchThrowableOfType(StoreException.class, () -> store.backup(target));

            assertThat(refusal).hasMessageContaining("exists already, and is left as it is");
            assertThat(DirectoryContent.of(temp)).isEqualTo(before);
        }
    }

    @Test
    void aBackupThatCannotBeWrittenLeavesNothing() throws Exception {
        try (RocksDbPeerStore store = RocksDbPeerStore.open(temp.resolve("peers"))) {
            Map<String, String> before = DirectoryContent.of(temp);

            StoreException failure = catchThrowableOfType(
                    StoreException.class, () -> store.backup(temp.resolve("no-such-directory/backup")));

            assertThat(failure.reason()).isEqualTo(Reason.IO);
            assertThat(DirectoryContent.of(temp)).isEqualTo(before);
        }
    }

    @Test
    void restoringOverwritesNothing() throws Exception {
        Path dir = temp.resolve("peers");
        Path backup = temp.resolve("backup");
        fill(dir);
        try (RocksDbPeerStore store = RocksDbPeerStore.open(dir)) {
            store.backup(backup);
        }
        Map<String, String> before = DirectoryContent.of(temp);

        StoreException refusal =
                catchThrowableOfType(StoreException.class, () -> RocksDbPeerStore.restore(backup, dir));

        assertThat(refusal).hasMessageContaining(dir + " is not empty. Move it away first.");
        assertThat(DirectoryContent.of(temp)).isEqualTo(before);
    }

    @Test
    void aDamagedBackupIsNotRestored() throws Exception {
        Path backup = temp.resolve("backup");
        try (RocksDbPeerStore store = RocksDbPeerStore.open(temp.resolve("peers"))) {
            NumberedRecords.put(store, 0);
            store.backup(backup);
        }
        for (String name : names(backup)) {
            if (name.endsWith(".sst")) {
                Files.delete(backup.resolve(name));
            }
        }
        Map<String, String> before = DirectoryContent.of(temp);

        StoreException refusal = catchThrowableOfType(
                StoreException.class, () -> RocksDbPeerStore.restore(backup, temp.resolve("restored")));

        assertThat(refusal.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(refusal).hasMessageContaining(backup.toString());
        assertThat(DirectoryContent.of(temp)).isEqualTo(before);
    }

    @Test
    void restoringFromNothingSaysSo() {
        Path backup = temp.resolve("no-such-backup");

        StoreException refusal = catchThrowableOfType(
                StoreException.class, () -> RocksDbPeerStore.restore(backup, temp.resolve("restored")));

        assertThat(refusal).hasMessageContaining(backup.toString());
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void anInterruptedCallerStillHasItsWriteDone() throws Exception {
        try (RocksDbPeerStore store = RocksDbPeerStore.open(temp.resolve("peers"))) {
            Thread.currentThread().interrupt();
            NumberedRecords.put(store, 1);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(store.bans()).containsOnlyKeys(NumberedRecords.ip(1));
        }
    }

    @Test
    void twoStoresMayBeOpenInOneProcess() throws Exception {
        try (RocksDbPeerStore one = RocksDbPeerStore.open(temp.resolve("one"));
                RocksDbPeerStore other = RocksDbPeerStore.open(temp.resolve("other"))) {
            NumberedRecords.put(one, 1);

            assertThat(other.bans()).isEmpty();
        }
    }

    private static void fill(Path dir) throws StoreException {
        try (RocksDbPeerStore store = RocksDbPeerStore.open(dir)) {
            for (int i = 0; i < RECORDS; i++) {
                NumberedRecords.put(store, i);
            }
        }
    }

    private static void requireFilled(Path dir) throws StoreException {
        try (RocksDbPeerStore store = RocksDbPeerStore.open(dir)) {
            assertThat(store.standings()).hasSize(RECORDS / 3);
            assertThat(store.bans()).hasSize(RECORDS / 3);
            assertThat(store.addressBook()).hasSize(RECORDS / 3);
            for (int i = 0; i < RECORDS; i += 3) {
                assertThat(store.standing(NumberedRecords.ip(i))).contains(NumberedRecords.standing(i));
                assertThat(store.bans()).containsEntry(NumberedRecords.ip(i + 1), NumberedRecords.time(i + 1));
                assertThat(store.addressBook()).contains(NumberedRecords.entry(i + 2));
            }
        }
    }

    private static List<String> names(Path dir) throws IOException {
        try (Stream<Path> content = Files.list(dir)) {
            return content.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
