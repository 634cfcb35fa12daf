package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DecodeCommandTest {

    private static final Path RECORDINGS = Path.of("..", "application/src/test/resources/recordings");

    @TempDir
    private Path directory;

    @Test
    void theRecordedSessionIsUnderstoodAndItsBlocksLinkUp() {
        CommandLineRun run = CommandLineRun.of(
                "decode", RECORDINGS.resolve("legacy-session.jsonl.gz").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains("300 distinct blocks, heights 1 to 300; 299 have their parent among them by computed hash")
                .contains("is the genesis block of regtest")
                .contains("Handshake")
                .contains("version 0.19.4 on regtest")
                .doesNotContain("MALFORMED");
    }

    @Test
    void theRecordedSyncOfAnOlderNodeIsUnderstood() {
        CommandLineRun run = CommandLineRun.of(
                "decode", RECORDINGS.resolve("legacy-sync-by-0.18.0.jsonl.gz").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains("358 distinct blocks, heights 1 to 358; 357 have their parent among them by computed hash")
                .contains("SyncChallengeResponse")
                .contains("#1 ")
                .doesNotContain("MALFORMED");
    }

    @Test
    void theDemoShowsABundledPartOfIt() {
        CommandLineRun run = CommandLineRun.of("demo");

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains("there is no node to run yet")
                .contains("30 distinct blocks, heights 1 to 30; 29 have their parent among them by computed hash")
                .contains("is the genesis block of regtest");
    }

    @Test
    void bareHexIsReadToo() throws IOException {
        CommandLineRun run = CommandLineRun.of("decode", file("04fbd8d6\n\n13\n"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains("BlockRequestByHeight")
                .contains("height 55000")
                .contains("Bye");
    }

    @Test
    void aFrameThatIsNoMessageIsShownAndCounted() throws IOException {
        CommandLineRun run = CommandLineRun.of("decode", file("13\nff\n1300\n"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).contains("MALFORMED").contains("2 frames were not understood");
    }

    @Test
    void verboseShowsTheWholeRecord() throws IOException {
        CommandLineRun run = CommandLineRun.of("decode", "--verbose", file("04fbd8d6"));

        assertThat(run.out()).contains("BlockRequestByHeight[height=");
    }

    @Test
    void aPeersTextCannotSteerTheTerminal() throws IOException {
        CommandLineRun plain = CommandLineRun.of(
                "decode", RECORDINGS.resolve("legacy-session.jsonl.gz").toString());
        assertThat(plain.out().codePoints().filter(c -> c != '\n' && Character.isISOControl(c)))
                .isEmpty();
    }

    @Test
    void rubbishIsNamedByLine() throws IOException {
        CommandLineRun run = CommandLineRun.of("decode", file("13\nhello\n"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("line 2");
    }

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("frames"), content).toString();
    }
}
