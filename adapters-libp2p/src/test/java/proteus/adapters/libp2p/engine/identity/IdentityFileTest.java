package proteus.adapters.libp2p.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityFileTest {

    private static final String KEY = "08011240"
            + "7e0830617c4a7de83925dfb2694556b12936c477a0e1feb2e148ec9da60fee7d"
            + "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e";
    private static final String ID = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";
    private static final InstantSource TIME = InstantSource.fixed(Instant.ofEpochSecond(1_764_115_200));

    @TempDir
    private Path dir;

    private final SecureRandom random = new SecureRandom();
    private Path path = Path.of("identity.key");
    private IdentityFile file = new IdentityFile(path);

    @BeforeEach
    void setUp() {
        path = dir.resolve("network").resolve("identity.key");
        file = new IdentityFile(path);
    }

    @Test
    void aMissingFileHasNoKey() throws Exception {
        assertThat(file.read()).isEmpty();
        assertThat(path.getParent()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {KEY, "# a comment\n#another\n\n" + KEY + "\n", "\r\n  # x\r\n\r\n  " + KEY + "  \r\nmore\r\n"})
    void theFirstLineThatIsNoCommentIsTheKey(String content) throws Exception {
        put(content);

        assertThat(file.read()).hasValueSatisfying(read -> assertThat(read).hasToString(ID));
    }

    @Test
    void digitsInUpperCaseAreReadToo() throws Exception {
        put(KEY.toUpperCase(Locale.ROOT));

        assertThat(file.read()).hasValueSatisfying(read -> assertThat(read).hasToString(ID));
    }

    @Test
    void whatIsWrittenIsCommentsABlankLineAndTheKey() throws Exception {
        Identity identity = Identity.decode(java.util.HexFormat.of().parseHex(KEY));

        file.write(identity);

        List<String> lines = Files.readAllLines(path);
        assertThat(lines).endsWith("", KEY);
        assertThat(lines.subList(0, lines.size() - 2)).isNotEmpty().allMatch(line -> line.startsWith("#"));
        assertThat(file.read()).hasValueSatisfying(read -> assertThat(read).hasToString(ID));
        assertThat(names()).containsExactly("identity.key");
    }

    @Test
    void theFileIsForItsOwnerAlone() throws Exception {
        assumeThat(Files.getFileStore(dir).supportsFileAttributeView("posix")).isTrue();

        file.openOrCreate(random);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileIsMadeOnceAndOpenedThen() throws Exception {
        Identity made = file.openOrCreate(random);

        Identity opened = new IdentityFile(path).openOrCreate(random);

        assertThat(opened.peerId()).isEqualTo(made.peerId());
    }

    @Test
    void anExistingFileIsNotOverwritten() throws Exception {
        put("precious");

        assertThatThrownBy(() -> file.write(Identity.generate(random)))
                .isInstanceOf(IdentityFileException.class)
                .hasMessage(path + ": exists already, and is not overwritten");
        assertThatThrownBy(() -> file.openOrCreate(random)).isInstanceOf(IdentityFileException.class);

        assertThat(path).hasContent("precious");
        assertThat(names()).containsExactly("identity.key");
    }

    @Test
    void aReplacedFileStaysBesideTheNewOne() throws Exception {
        Identity old = file.openOrCreate(random);

        Identity fresh = file.replace(random, TIME);

        assertThat(fresh.peerId()).isNotEqualTo(old.peerId());
        assertThat(file.read().map(Identity::peerId)).contains(fresh.peerId());
        assertThat(names()).containsExactly("identity.1764115200.bak", "identity.key");
        IdentityFile backup = new IdentityFile(path.resolveSibling("identity.1764115200.bak"));
        assertThat(backup.read().map(Identity::peerId)).contains(old.peerId());
    }

    @Test
    void aFileThatIsNoneMayBeReplacedToo() throws Exception {
        put("garbage");

        Identity fresh = file.replace(random, TIME);

        assertThat(file.read().map(Identity::peerId)).contains(fresh.peerId());
        assertThat(path.resolveSibling("identity.1764115200.bak")).hasContent("garbage");
    }

    @Test
    void replacingAMissingFileMakesOne() throws Exception {
        Identity fresh = file.replace(random, TIME);

        assertThat(file.read().map(Identity::peerId)).contains(fresh.peerId());
        assertThat(names()).containsExactly("identity.key");
    }

    @Test
    void aBackupIsNotOverwrittenEither() throws Exception {
        file.replace(random, TIME);
        Identity second = file.replace(random, TIME);

        assertThatThrownBy(() -> file.replace(random, TIME))
                .isInstanceOf(IdentityFileException.class)
                .hasMessageContaining("identity.1764115200.bak: exists already");

        assertThat(file.read().map(Identity::peerId)).contains(second.peerId());
        assertThat(names()).containsExactly("identity.1764115200.bak", "identity.key");
    }

    @Test
    void aFaultNamesFileAndLineAndShowsNothingOfTheKey() throws Exception {
        String damaged = KEY.substring(0, KEY.length() - 1) + "x";
        put("# comment\n\n" + damaged);
        assertThatThrownBy(file::read)
                .isInstanceOf(IdentityFileException.class)
                .hasMessage(path + ":3: 136 characters that are not pairs of hexadecimal digits")
                .hasNoCause();

        put(KEY.substring(0, KEY.length() - 2) + "00");
        assertThatThrownBy(file::read)
                .isInstanceOf(IdentityFileException.class)
                .hasMessage(path + ":1: a private Ed25519 key whose public half belongs to another");

        put(KEY.substring(2));
        assertThatThrownBy(file::read)
                .isInstanceOf(IdentityFileException.class)
                .hasMessageStartingWith(path + ":1: ")
                .hasMessageNotContaining("7e08");

        put("# comments\n\n# alone\n");
        assertThatThrownBy(file::read)
                .isInstanceOf(IdentityFileException.class)
                .hasMessage(path + ": no line with a key in 3 lines");

        put("#".repeat(64 * 1_024 + 1));
        assertThatThrownBy(file::read)
                .isInstanceOf(IdentityFileException.class)
                .hasMessage(path + ": longer than 65536 bytes, so no identity file");
    }

    @Test
    void aDirectoryInItsPlaceIsAFault() throws Exception {
        Files.createDirectories(path);

        assertThatThrownBy(file::read)
                .isInstanceOf(IdentityFileException.class)
                .hasMessageStartingWith(path + ": cannot be read: ");
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsAFault() throws Exception {
        Files.writeString(path.getParent(), "");

        assertThatThrownBy(() -> file.write(Identity.generate(random)))
                .isInstanceOf(IdentityFileException.class)
                .hasMessage(path.getParent() + ": exists already, and is not overwritten");
    }

    private void put(String content) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(path.getParent())) {
            return files.map(Path::getFileName).map(Path::toString).sorted().toList();
        }
    }
}
