package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
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
@SpeaksLegacy
final class DemoCommandTest {

    @TempDir
    private Path directory;

    /** The demo silences the log of this process. */
    @AfterEach
    void logAgain() {
        ProgramLog.ofThisProcess().start(LogSettings.DEFAULT);
    }

    @Test
    void fourNodesFindEachOtherOverTheStacksTheyHaveAndTheirDataIsGoneAfterwards() throws Exception {
        List<Path> before = demoDirectories();

        CommandLineRun run = CommandLineRun.of("demo", "--seconds", "5");

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out().lines())
                .contains(
                        "P1   .          no stack   legacy     legacy",
                        "P2   no stack   .          quic       tcp+tls",
                        "P3   legacy     quic       .          tcp+tls",
                        "P4   legacy     tcp+tls    tcp+tls    .")
                .endsWith("Complete: all pairs with a stack in common are connected, all tips are the same. "
                        + "No stack in common: P1-P2.");
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
    void aNodeElsewhereIsJoinedByAllThatHaveAStackForIt() throws Exception {
        try (RunningNode elsewhere = TestNodes.start(directory, TestNodes.places(10), 64L << 20)) {
            int port = elsewhere.node().ownListenAddress().orElseThrow().port();

            CommandLineRun run = CommandLineRun.of("demo", "--seconds", "5", "--join", "legacy:127.0.0.1:" + port);

            assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.OK);
            assertThat(run.out().lines())
                    .contains("P4   legacy     tcp+tls    tcp+tls    .          legacy")
                    .contains("J1 is 127.0.0.1:" + port + ", legacy")
                    .endsWith("Complete: all pairs with a stack in common are connected, all tips are the same. "
                            + "No stack in common: P1-P2, P2-J1.");
        }
    }

    @Test
    void whoCannotBeJoinedMakesTheDemoFail() {
        CommandLineRun run = CommandLineRun.of("demo", "--seconds", "1", "--join", "/ip4/127.0.0.1/udp/1/quic-v1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out().lines().toList().getLast())
                .startsWith("Not complete yet: ")
                .contains("P2-J1", "P3-J1", "P4-J1")
                .doesNotContain("P1-J1");
    }

    @Test
    void moreThanFitIntoThePictureCannotBeJoined() {
        String[] args = Stream.concat(
                        Stream.of("demo"), IntStream.rangeClosed(1, 7).mapToObj(port -> "--join=127.0.0.1:" + port))
                .toArray(String[]::new);

        CommandLineRun run = CommandLineRun.of(args);

        assertThat(run.exitCode()).isEqualTo(ExitCode.MISUSE);
        assertThat(run.err()).contains("--join can be given 6 times, not 7");
    }

    @Test
    void whatIsWrongWithAnAddressIsSaidAsWithRun() {
        CommandLineRun run = CommandLineRun.of("demo", "--join", "127.0.0.1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.MISUSE);
        assertThat(run.err()).contains("--join: '127.0.0.1' lacks a port; write 127.0.0.1:9798 for a legacy peer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--nodes=3", "--seconds=0", "--join=nowhere", "--join=127.0.0.1:0", "--join=/ip4/1.2.3.4/ws"})
    void whatMakesNoSenseIsMisuse(String option) {
        CommandLineRun run = CommandLineRun.of("demo", option);

        assertThat(run.exitCode()).isEqualTo(ExitCode.MISUSE);
        assertThat(run.out()).isEmpty();
    }
}
