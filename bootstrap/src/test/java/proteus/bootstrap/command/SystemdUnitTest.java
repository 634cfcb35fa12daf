package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import proteus.bootstrap.config.Said;
import proteus.bootstrap.logging.ProgramLog;

/** docs/systemd/proteus.service says what the program understands, and what systemd does. */
@Timeout(60)
class SystemdUnitTest {

    private static final Path UNIT = Path.of("..", "docs", "systemd", "proteus.service");
    private static final String PROGRAM = "/opt/proteus/bin/proteus";

    @TempDir
    private Path directory;

    private static String setting(String key) throws IOException {
        return Files.readAllLines(UNIT).stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theProgramTakesTheCommand() throws Exception {
        Path file = Files.writeString(directory.resolve("node.toml"), "network = \"regtest\"\n");
        String command = setting("ExecStart")
                .replace("/etc/proteus/node.toml", file.toString())
                .replace("/var/lib/proteus", directory.resolve("data").toString());
        assertThat(command).startsWith(PROGRAM + " run ");
        List<String> words = Arrays.asList(command.split(" "));
        RecordingLauncher launcher = new RecordingLauncher();

        CommandLineRun run = CommandLineRun.of(
                ProteusCommandLine.create(Said.host(directory), ProgramLog.to(System.err), launcher),
                words.subList(1, words.size()).toArray(String[]::new));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(launcher.launched().getFirst().data().path().toString()).startsWith(directory.toString());
    }

    @Test
    void whatStaysWrongIsNotTriedAgain() throws Exception {
        assertThat(setting("RestartPreventExitStatus").split(" "))
                .containsExactly(
                        Integer.toString(ExitCode.MISUSE),
                        Integer.toString(ExitCode.STORE_OF_NEWER_VERSION),
                        Integer.toString(ExitCode.STORE_DAMAGED));
    }

    @Test
    void systemdFindsNothingWrong() throws Exception {
        Path verifier = Path.of("/usr/bin/systemd-analyze");
        assumeTrue(Files.isExecutable(verifier), "systemd is not here");
        // It looks whether there is such a program.
        Path unit = Files.writeString(
                directory.resolve("proteus.service"), Files.readString(UNIT).replace(PROGRAM, "/bin/true"));

        assertThat(verdictOf(verifier, unit)).isEmpty();
        Files.writeString(unit, Files.readString(unit).replace("PrivateTmp=", "PrivateTemp="));
        assertThat(verdictOf(verifier, unit)).contains("PrivateTemp");
    }

    private static String verdictOf(Path verifier, Path unit) throws IOException, InterruptedException {
        Process verify = new ProcessBuilder(verifier.toString(), "verify", "--man=no", unit.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        verify.waitFor();
        // Other units of the machine are none of ours.
        return said.lines().filter(line -> line.contains("proteus")).reduce("", String::concat);
    }
}
