package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import proteus.bootstrap.assembly.RunningNode;
import proteus.bootstrap.assembly.TestNodes;
import proteus.bootstrap.config.Said;
import proteus.bootstrap.logging.ProgramLog;

@Timeout(120)
final class StatusCommandTest {

    @TempDir
    private Path home;

    private CommandLineRun status(int port) {
        return CommandLineRun.of(
                ProteusCommandLine.create(Said.host(home), ProgramLog.to(System.err), new RecordingLauncher()),
                "status",
                "--network",
                "regtest",
                "--data-dir",
                home.toString(),
                "--rpc-port",
                Integer.toString(port));
    }

    @Test
    void aRunningNodeSaysHowItIsDoing() throws Exception {
        try (RunningNode running = TestNodes.start(home.resolve("regtest"), TestNodes.places(3), 64L << 20)) {
            running.node().mining().mine(2);

            CommandLineRun run = status(running.rpcPort());

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out().lines())
                    .containsExactly(
                            "Node     127.0.0.1:" + running.rpcPort() + ", network regtest",
                            "Height   2  " + running.node().tipDigest().toHex(),
                            "Sync     synced: no peer shows a better chain",
                            "Peers    0",
                            "Miner    inactive");
        }
    }

    @Test
    void whereNoNodeRunsThatIsSaid() {
        CommandLineRun run = status(1);

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).startsWith("proteus status: no node at 127.0.0.1:1: ");
    }
}
