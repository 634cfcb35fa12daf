package proteus.bootstrap.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.bootstrap.legacy.SpeaksLegacy;

/** The program as it is run from a shell. */
@SpeaksLegacy
@WithRealNode
final class DemoJoinTest {

    private static final long PATIENCE_SECONDS = 300;

    private final RealPrograms programs = RealPrograms.current();

    @TempDir
    private Path directory;

    @Test
    void theDemoJoinsTheRealNode(Seen seen) throws Exception {
        seen.with(programs, "neptune-core", "neptune-cli");
        Path output = directory.resolve("demo.txt");
        try (RealNode real = RealNode.start(
                programs,
                directory.resolve("real"),
                "--max-connections-per-ip",
                "10",
                "--max-connection-attempts-per-ip-per-minute",
                "100")) {
            Process demo = new ProcessBuilder(
                            "../proteus", "demo", "--join", real.address().toString(), "--once")
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            demo.getOutputStream().close();
            try {
                List<NeptuneCli.Peer> atReal =
                        Eventually.until("the real node lists all five", real.cli()::peers, peers -> peers.size() == 5);

                assertThat(demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
                String printed = Files.readString(output, StandardCharsets.UTF_8);
                assertThat(demo.exitValue()).as(printed).isZero();
                assertThat(atReal).extracting(NeptuneCli.Peer::standing).allMatch(standing -> standing >= 0);
                assertThat(real.cli().punishedPeers()).isEmpty();
                seen.says("./proteus demo --join HOST:PORT --once ends with 0 and \""
                        + printed.lines()
                                .toList()
                                .getLast()
                                .replace(real.address().toString(), "HOST:PORT")
                        + "\"; peer-info of the real node lists its five nodes, none punished");
            } finally {
                demo.destroy();
            }
        }
    }
}
