package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.bootstrap.assembly.RunningNode;
import proteus.bootstrap.assembly.Shutdown;
import proteus.bootstrap.assembly.TestNodes;
import proteus.bootstrap.config.NodeConfiguration;
import proteus.bootstrap.config.Said;
import proteus.bootstrap.logging.LogSettings;
import proteus.bootstrap.logging.ProgramLog;

@Timeout(60)
final class LogLevelCommandTest {

    private static final String LOGGER = "proteus.bootstrap.test";

    @TempDir
    private Path home;

    @AfterEach
    void logAsBefore() {
        ProgramLog.ofThisProcess().start(LogSettings.DEFAULT);
    }

    private CommandLineRun logLevel(String... args) {
        String[] words = Stream.concat(Stream.of("log-level"), Stream.of(args)).toArray(String[]::new);
        return CommandLineRun.of(
                ProteusCommandLine.create(Said.host(home), ProgramLog.to(System.err), new RecordingLauncher()), words);
    }

    @Test
    void aRunningNodeLogsMoreFromThenOn() throws Exception {
        Path data = home.resolve("data");
        NodeConfiguration configuration =
                TestNodes.configuration(data.resolve("regtest"), TestNodes.places(10), 64L << 20);
        configuration.data().create();
        System.Logger logger = System.getLogger(LOGGER);
        try (RunningNode node = RunningNode.start(configuration, ProgramLog.ofThisProcess(), new Shutdown())) {
            assertThat(logger.isLoggable(System.Logger.Level.DEBUG)).isFalse();

            CommandLineRun run =
                    logLevel(LOGGER + "=debug", "-n", "regtest", "--data-dir=" + data, "--rpc-port=" + node.rpcPort());

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out())
                    .isEqualTo(
                            "The node at 127.0.0.1:" + node.rpcPort() + " now logs debug and what is more severe, of "
                                    + LOGGER + " and the loggers below it." + System.lineSeparator());
            assertThat(logger.isLoggable(System.Logger.Level.DEBUG)).isTrue();
        }
    }

    @Test
    void aNodeThatIsNotThereIsToldInOneLine() {
        CommandLineRun run = logLevel("debug", "-n", "regtest", "--rpc-port", "1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .startsWith("proteus log-level: no node at 127.0.0.1:1: ")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chatty", "a=chatty", "=debug", "a b=debug"})
    void aWrongLevelIsMisuse(String level) {
        CommandLineRun run = logLevel(level, "-n", "regtest");

        assertThat(run.exitCode()).isEqualTo(ExitCode.MISUSE);
        assertThat(run.err()).contains("[LOGGER=]LEVEL");
    }

    @Test
    void noLevelIsMisuse() {
        assertThat(logLevel().exitCode()).isEqualTo(ExitCode.MISUSE);
    }
}
