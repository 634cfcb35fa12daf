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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.bootstrap.demo.DemoNetwork;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.bootstrap.logging.LogSettings;
import proteus.bootstrap.logging.ProgramLog;

@Timeout(120)
@SpeaksLegacy
final class DemoCommandTest {

    /** Which of the two it is depends on who began the move: the ends of the bad link listen over TCP only. */
    static final String LIBP2P = "(tcp\\+tls|quic)";

    /** The demo silences the log of this process. */
    @AfterEach
    void logAgain() {
        ProgramLog.ofThisProcess().start(LogSettings.DEFAULT);
    }

    @Test
    void fiveNodesMoveToLibp2pAndTheLinkThatIsBadGoesBack() throws Exception {
        List<Path> before = demoDirectories();

        CommandLineRun run = CommandLineRun.of("demo", "--once", "--seconds", "60");

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out().lines())
                .contains("P1   .         legacy    legacy    legacy    legacy", "Sessions lost: 0.")
                .anyMatch(line -> line.matches("P1   \\.( +" + LIBP2P + "){4}"))
                .anyMatch(line -> line.matches("P1   \\.( +" + LIBP2P + "){3} +legacy"))
                .anyMatch(line -> line.matches("migrate 100 % +\\d+ s +0 +10 +0 +\\d+"))
                .anyMatch(line -> line.matches("P1-P5 is bad +\\d+ s +1 +9 +0 +\\d+"))
                .anyMatch(line -> line.startsWith("  settled: 20, gap 0.0 ms in the median"))
                .anyMatch(line -> line.startsWith("  fell-back: 1, gap "))
                .allMatch(line -> line.length() <= 120)
                .endsWith("Complete: all came true. All are connected with all, and all tips are the same.");
        assertThat(demoDirectories()).as("those of this process").isEqualTo(before);
    }

    private static List<Path> demoDirectories() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith(DemoNetwork.folderPrefix()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whoCannotBeJoinedMakesTheDemoFail() {
        CommandLineRun run = CommandLineRun.of("demo", "--seconds", "1", "--join", "/ip4/127.0.0.1/udp/1/quic-v1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out().lines().toList().getLast())
                .startsWith("Not complete: it ended before all was shown. Still to be connected: ")
                .contains("P1-J1");
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
