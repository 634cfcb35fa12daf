package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.bootstrap.assembly.RunningNode;
import proteus.bootstrap.assembly.TestNodes;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.bootstrap.logging.LogSettings;
import proteus.bootstrap.logging.ProgramLog;

@Timeout(120)
final class DemoCommandTest {

    @TempDir
    private Path directory;

    /** The demo silences the log of this process. */
    @AfterEach
    void logAgain() {
        ProgramLog.ofThisProcess().start(LogSettings.DEFAULT);
    }

    @Test
    void threeNodesFindEachOtherAndTheirDataIsGoneAfterwards() throws Exception {
        List<Path> before = demoDirectories();

        CommandLineRun run = CommandLineRun.of("demo", "--seconds", "5");

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains("P1 ", "P2 ", "P3 ", "STANDING", "0.19.4")
                .endsWith("Every node is connected to every other." + System.lineSeparator());
        assertThat(demoDirectories()).isEqualTo(before);
    }

    private static List<Path> demoDirectories() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("proteus-demo-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    @SpeaksLegacy
    void aNodeElsewhereIsJoinedByAll() throws Exception {
        try (RunningNode elsewhere = TestNodes.start(directory, TestNodes.places(10), 64L << 20)) {
            String address = elsewhere.node().ownListenAddress().orElseThrow().toString();

            CommandLineRun run = CommandLineRun.of("demo", "--seconds", "5", "--nodes", "2", "--join", address);

            assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.OK);
            assertThat(run.out()).contains("and all to [" + address + "].");
        }
    }

    @Test
    @SpeaksLegacy
    void whoCannotBeJoinedMakesTheDemoFail() {
        CommandLineRun run = CommandLineRun.of("demo", "--seconds", "1", "--nodes", "2", "--join", "127.0.0.1:1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).contains("Not complete yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nodes=1", "--nodes=21", "--seconds=0", "--join=nowhere", "--join=127.0.0.1:0"})
    void whatMakesNoSenseIsMisuse(String option) {
        CommandLineRun run = CommandLineRun.of("demo", option);

        assertThat(run.exitCode()).isEqualTo(ExitCode.MISUSE);
        assertThat(run.out()).isEmpty();
    }
}
