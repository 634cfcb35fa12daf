package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.bootstrap.assembly.RunningNode;
import proteus.bootstrap.assembly.TestNodes;
import proteus.bootstrap.config.Said;
import proteus.bootstrap.logging.ProgramLog;

@Timeout(120)
final class MineCommandTest {

    @TempDir
    private Path home;

    private CommandLineRun mine(String... args) {
        String[] words = Stream.concat(Stream.of("mine"), Stream.of(args)).toArray(String[]::new);
        return CommandLineRun.of(
                ProteusCommandLine.create(Said.host(home), ProgramLog.to(System.err), new RecordingLauncher()), words);
    }

    private CommandLineRun mineAt(int port, String... args) {
        return mine(Stream.concat(
                        Stream.of(args),
                        Stream.of(
                                "--network",
                                "regtest",
                                "--data-dir",
                                home.toString(),
                                "--rpc-port",
                                Integer.toString(port)))
                .toArray(String[]::new));
    }

    @Test
    void aRunningNodeMinesAndEachBlockIsShown() throws Exception {
        try (RunningNode running = TestNodes.start(home.resolve("regtest"), TestNodes.places(3), 64L << 20)) {
            CommandLineRun one = mineAt(running.rpcPort());

            assertThat(one.exitCode()).as(one.err()).isZero();
            assertThat(one.out())
                    .contains("[1/1] block 1  " + running.node().tipDigest().toHex())
                    .contains("The node at 127.0.0.1:" + running.rpcPort() + " mined 1 block in ");

            CommandLineRun two = mineAt(running.rpcPort(), "2");

            assertThat(two.out().lines()).hasSize(3);
            assertThat(two.out())
                    .contains(
                            "[1/2] block 2  ",
                            "[2/2] block 3  " + running.node().tipDigest().toHex());
            assertThat(running.node().tipHeader().height().value()).isEqualTo(3);
        }
    }

    @Test
    void whereNoNodeRunsThatIsSaid() {
        CommandLineRun run = mineAt(1, "3");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).startsWith("proteus mine: no node at 127.0.0.1:1: ");
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10001", "many"})
    void otherCountsAreMisuse(String count) {
        assertThat(mineAt(9799, count).exitCode()).isEqualTo(ExitCode.MISUSE);
    }
}
