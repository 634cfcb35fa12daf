package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.adapters.persistence.RocksDbPeerStore;
import proteus.application.port.StoreException;
import proteus.bootstrap.config.Said;
import proteus.bootstrap.logging.ProgramLog;
import proteus.domain.peer.IpAddress;

class StoreCommandTest {

    private static final IpAddress BANNED = IpAddress.parse("203.0.113.66").orElseThrow();

    @TempDir
    private Path home;

    private CommandLineRun store(String... args) {
        String[] words = Stream.concat(Stream.of("store"), Stream.of(args)).toArray(String[]::new);
        return CommandLineRun.of(
                ProteusCommandLine.create(Said.host(home), ProgramLog.to(System.err), new RecordingLauncher()), words);
    }

    private Path peers(String root) {
        return home.resolve(root).resolve("regtest/databases/peers");
    }

    private String root(String name) {
        return home.resolve(name).toString();
    }

    private void remember(String root) throws StoreException {
        try (RocksDbPeerStore store = RocksDbPeerStore.open(peers(root))) {
            store.putBan(BANNED, Instant.EPOCH);
        }
    }

    @Test
    void aBackupRestoredElsewhereIsTheSameStore() throws StoreException, IOException {
        remember("a");
        String copy = home.resolve("copy").toString();

        CommandLineRun backup = store("backup", copy, "--network", "regtest", "--data-dir", root("a"));
        CommandLineRun restore = store("restore", copy, "-n", "regtest", "--data-dir", root("b"));

        assertThat(backup.exitCode()).as(backup.err()).isZero();
        assertThat(backup.out()).contains(peers("a").toString()).contains(copy);
        assertThat(restore.exitCode()).as(restore.err()).isZero();
        assertThat(restore.out()).contains(peers("b").toString()).contains(copy);
        try (RocksDbPeerStore store = RocksDbPeerStore.open(peers("b"))) {
            assertThat(store.bans()).containsOnlyKeys(BANNED);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("b"))))
                .isEqualTo("rwx------");
    }

    @Test
    void theStoreOfARunningNodeIsNotBackedUp() throws StoreException {
        remember("a");
        try (RocksDbPeerStore _ = RocksDbPeerStore.open(peers("a"))) {
            CommandLineRun run = store("backup", root("copy"), "-n", "regtest", "--data-dir", root("a"));

            assertThat(run.exitCode()).isEqualTo(4);
            assertThat(run.err())
                    .startsWith("proteus store backup: The peer store at ")
                    .contains("is open already")
                    .contains("Stop the node that has it open");
            assertThat(home.resolve("copy")).doesNotExist();
        }
    }

    @Test
    void aStoreThatIsNotThereIsNeitherBackedUpNorMade() {
        CommandLineRun run = store("backup", root("copy"), "-n", "regtest", "--data-dir", root("a"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("there is no peer store at " + peers("a"));
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void nothingIsOverwritten() throws StoreException, IOException {
        remember("a");
        store("backup", root("copy"), "-n", "regtest", "--data-dir", root("a"));

        CommandLineRun again = store("backup", root("copy"), "-n", "regtest", "--data-dir", root("a"));
        CommandLineRun back = store("restore", root("copy"), "-n", "regtest", "--data-dir", root("a"));

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("exists already");
        assertThat(back.exitCode()).isEqualTo(1);
        assertThat(back.err()).contains("is not empty. Move it away first.");
    }

    @Test
    void aDamagedBackupIsNotRestored() throws StoreException, IOException {
        remember("a");
        store("backup", root("copy"), "-n", "regtest", "--data-dir", root("a"));
        Files.delete(home.resolve("copy/CURRENT"));

        CommandLineRun run = store("restore", root("copy"), "-n", "regtest", "--data-dir", root("b"));

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("is damaged");
        assertThat(peers("b")).doesNotExist();
    }

    @Test
    void theDirectoryMayBeNamedByTheFileOfTheNode() throws StoreException, IOException {
        remember("a");
        Path file = Files.writeString(
                home.resolve("node.toml"),
                "network = \"regtest\"\ndata-dir = \"" + root("a") + "\"\nmax-num-peers = 5\n");

        CommandLineRun run = store("backup", root("copy"), "--config", file.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(home.resolve("copy")).isDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup", "restore"})
    void misuseIsToldAtOnce(String command) {
        CommandLineRun run = store(command, "--network", "alpha", "--peer-port");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("proteus store " + command + ": ")
                .contains("'alpha' is not a network")
                .contains("Missing required parameter: 'DIR'")
                .contains("'--peer-port'");
    }

    @Test
    void theCommandAloneIsMisuse() {
        CommandLineRun run = store();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Missing required subcommand").contains("Try 'proteus store --help'.");
    }
}
