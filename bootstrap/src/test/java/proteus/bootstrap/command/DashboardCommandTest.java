package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.bootstrap.assembly.RunningNode;
import proteus.bootstrap.assembly.TestNodes;
import proteus.bootstrap.config.Said;
import proteus.bootstrap.logging.ProgramLog;

@Timeout(60)
final class DashboardCommandTest {

    @TempDir
    private Path home;

    private CannedNode node;

    @BeforeEach
    void start() throws IOException {
        node = CannedNode.start(home);
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
    }

    private CommandLineRun dashboardAt(String port) {
        return CommandLineRun.of(
                ProteusCommandLine.create(Said.host(home), ProgramLog.to(System.err), new RecordingLauncher()),
                "dashboard",
                "--network",
                "regtest",
                "--data-dir",
                home.toString(),
                "--rpc-port",
                port);
    }

    @Test
    void theLinkIsAllThatIsPrinted() {
        node.gives("DashboardLink", "\"http://127.0.0.1:9795/#token=abc_-1\"");

        CommandLineRun run = dashboardAt(node.port());

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("http://127.0.0.1:9795/#token=abc_-1" + System.lineSeparator());
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aNodeThatServesNoneSaysSo() {
        node.refuses("DashboardLink", "this node serves no dashboard; start it with --dashboard");

        CommandLineRun run = dashboardAt(node.port());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("refuses: this node serves no dashboard; start it with --dashboard");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"javascript:alert(1)\"", "\"http://x\\u001b[31m\"", "\"http://x y\"", "[]"})
    void whatIsNoLinkIsNotPrinted(String json) {
        node.gives("DashboardLink", json);

        CommandLineRun run = dashboardAt(node.port());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aRunningNodeGivesANewOneEachTime() throws Exception {
        Path data = home.resolve("regtest");
        try (RunningNode running = TestNodes.startWithDashboard(data)) {
            String port = Integer.toString(running.rpcPort());

            String first = dashboardAt(port).out();

            assertThat(first).matches("http://127\\.0\\.0\\.1:[0-9]+/#token=[A-Za-z0-9_-]{43}\\R");
            assertThat(dashboardAt(port).out()).isNotEqualTo(first);
        }
    }
}
