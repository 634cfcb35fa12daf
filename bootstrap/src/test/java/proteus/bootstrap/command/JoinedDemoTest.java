package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import proteus.bootstrap.assembly.RunningNode;
import proteus.bootstrap.assembly.TestNodes;
import proteus.bootstrap.legacy.SpeaksLegacy;
import proteus.bootstrap.logging.LogSettings;
import proteus.bootstrap.logging.ProgramLog;

/** A class of its own, because it shows a whole demo, as one of the others does, and two JVMs may show them side by side. */
@Timeout(120)
@SpeaksLegacy
final class JoinedDemoTest {

    @TempDir
    private Path directory;

    /** The demo silences the log of this process. */
    @AfterEach
    void logAgain() {
        ProgramLog.ofThisProcess().start(LogSettings.DEFAULT);
    }

    @Test
    void aNodeElsewhereIsJoinedByAllAndStaysOnLegacyIfItHasNothingElse() throws Exception {
        try (RunningNode elsewhere = TestNodes.start(directory, TestNodes.places(10), 64L << 20)) {
            int port = elsewhere.node().ownListenAddress().orElseThrow().port();

            CommandLineRun run = CommandLineRun.of("demo", "--once", "--join", "legacy:127.0.0.1:" + port);

            assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.OK);
            assertThat(run.out().lines())
                    .anyMatch(line -> line.matches(
                            "P2   " + DemoCommandTest.LIBP2P + " +\\.( +" + DemoCommandTest.LIBP2P + "){3} +legacy"))
                    .contains("J1 is 127.0.0.1:" + port + ", legacy")
                    .endsWith("Complete: all came true. All are connected with all, and all tips are the same.");
        }
    }
}
