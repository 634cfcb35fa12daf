package proteus.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.application.port.Stack;
import proteus.bootstrap.config.Host.OperatingSystem;
import proteus.domain.network.Network;

class DataDirectoryTest {

    private static final Network REGTEST = new Network.RegTest();

    @TempDir
    private Path temporary;

    private static Host host(OperatingSystem system, Map<String, String> environment) {
        return new Host(environment, system, Said::resolve, 1L << 30, Set.of(Stack.LIBP2P));
    }

    private static Optional<Path> optional(String text) {
        return Optional.ofNullable(text).map(Path::of);
    }

    @ParameterizedTest
    @CsvSource({
        "LINUX,   HOME=/home/n,                      ,          /home/n/.local/share/proteus/regtest",
        "LINUX,   HOME=/home/n;XDG_DATA_HOME=/xdg,   ,          /xdg/proteus/regtest",
        "LINUX,   XDG_DATA_HOME=/xdg,                ,          /xdg/proteus/regtest",
        "LINUX,   HOME=/home/n;XDG_DATA_HOME=xdg,    ,          /home/n/.local/share/proteus/regtest",
        "LINUX,   HOME=/home/n;XDG_DATA_HOME=,       ,          /home/n/.local/share/proteus/regtest",
        "LINUX,   HOME=/home/n,                      /data/p,   /data/p/regtest",
        "LINUX,   A=B,                               /data/p,   /data/p/regtest",
        "LINUX,   HOME=/home/n,                      other,     /home/n/.local/share/other/regtest",
        "LINUX,   HOME=/home/n;XDG_DATA_HOME=/xdg,   a/b,       /xdg/a/b/regtest",
        "MACOS,   HOME=/Users/n,                     ,          /Users/n/Library/Application Support/org.proteus.proteus/regtest",
        "MACOS,   HOME=/Users/n,                     other,     /Users/n/Library/Application Support/other/regtest",
        "MACOS,   HOME=/Users/n,                     /data/p,   /data/p/regtest",
        "WINDOWS, APPDATA=/appdata,                  ,          /appdata/proteus/proteus/data/regtest",
        "WINDOWS, APPDATA=/appdata,                  /data/p,   /data/p/data/regtest",
        "WINDOWS, APPDATA=/appdata,                  other,     /appdata/other/data/regtest",
    })
    void theDirectoryFollowsTheSystemAndWhatTheOperatorNames(
            OperatingSystem system, String variables, String dataDir, String expected) throws BadValueException {
        DataDirectory found = DataDirectory.find(host(system, environment(variables)), optional(dataDir), REGTEST);

        assertThat(found.path()).isEqualTo(Path.of(expected));
        assertThat(found.peerStore()).isEqualTo(Path.of(expected, "databases", "peers"));
        assertThat(found.identityFile()).isEqualTo(Path.of(expected, "network", "identity.key"));
    }

    private static Map<String, String> environment(String variables) {
        return java.util.Arrays.stream(variables.split(";"))
                .map(variable -> variable.split("=", -1))
                .collect(java.util.stream.Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    @ParameterizedTest
    @CsvSource({
        "main, main",
        "testnet, testnet-0",
        "testnet-7, testnet-7",
        "testnet-mock, testnet-mock",
        "regtest, regtest"
    })
    void everyNetworkHasItsOwnBelowIt(String network, String directory) throws BadValueException {
        DataDirectory found = DataDirectory.find(
                Said.host(), optional("/data"), Network.parse(network).orElseThrow());

        assertThat(found.path()).isEqualTo(Path.of("/data", directory));
    }

    @ParameterizedTest
    @CsvSource({"LINUX, HOME", "MACOS, HOME", "WINDOWS, APPDATA"})
    void withoutAHomeThereIsNoDefault(OperatingSystem system, String variable) {
        assertThatThrownBy(() -> DataDirectory.find(host(system, Map.of()), Optional.empty(), REGTEST))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("there is no home directory")
                .hasMessageContaining(variable)
                .hasMessageContaining("--data-dir");
    }

    @ParameterizedTest
    @CsvSource({
        "LINUX,   HOME=/home/n,       neptune",
        "LINUX,   HOME=/home/n,       neptune/below",
        "LINUX,   HOME=/home/n,       x/../neptune",
        "LINUX,   HOME=/home/n,       /home/n/.local/share/neptune",
        "MACOS,   HOME=/Users/n,      org.neptune.neptune",
        "WINDOWS, APPDATA=/appdata,   neptune/neptune",
    })
    void theDirectoryOfTheRealNodeIsRefused(OperatingSystem system, String variables, String dataDir) {
        assertThatThrownBy(() -> DataDirectory.find(host(system, environment(variables)), optional(dataDir), REGTEST))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("belongs to neptune-core");
    }

    @Test
    void aDirectoryThatIsMadeIsForThisUserAlone() throws IOException {
        DataDirectory data = new DataDirectory(temporary.resolve("a/b/regtest"));

        data.create();
        data.create();

        for (String made : new String[] {"a", "a/b", "a/b/regtest"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary.resolve(made))))
                    .as(made)
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aDirectoryThatIsThereKeepsItsPermissions() throws IOException {
        Path there = Files.createDirectory(
                temporary.resolve("there"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));

        new DataDirectory(there).create();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(there)))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void aFileInItsPlaceIsAFailureThatNamesIt() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(() -> new DataDirectory(file.resolve("regtest")).create())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    @ParameterizedTest
    @CsvSource({"wallet", "databases/block_index"})
    void aDirectoryWithTheFilesOfTheRealNodeIsNotTouched(String mark) throws IOException {
        Files.createDirectories(temporary.resolve(mark));

        assertThatThrownBy(() -> new DataDirectory(temporary).create())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("belongs to neptune-core")
                .hasMessageContaining(mark);
    }
}
