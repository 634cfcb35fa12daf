package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.bootstrap.config.Flag;
import proteus.bootstrap.config.Flags;
import proteus.bootstrap.config.NodeConfiguration;
import proteus.bootstrap.config.Said;
import proteus.bootstrap.logging.LogFormat;
import proteus.bootstrap.logging.ProgramLog;

/** docs/configuration.md says what the program does. */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @TempDir
    private Path home;

    @Test
    void everyFlagIsOnThePageInItsPlaceAndNoOther() throws IOException {
        String page = Files.readString(PAGE);
        String later = page.substring(page.indexOf("## Flags that are accepted"), page.indexOf("## An example"));
        String effective = page.substring(page.indexOf("## Flags that have"), page.indexOf("### Addresses"));

        assertThat(names("(?m)^\\| `--([a-z0-9-]+)`", effective))
                .containsExactlyInAnyOrderElementsOf(Flags.all().stream()
                        .filter(Flag::isHonoured)
                        .map(Flag::name)
                        .toList());
        assertThat(names("`--([a-z0-9-]+)`", later))
                .containsAll(Flags.all().stream()
                        .filter(flag -> !flag.isHonoured())
                        .map(Flag::name)
                        .toList())
                .allMatch(name -> name.equals("notx")
                        || Flags.all().stream().anyMatch(flag -> flag.name().equals(name)));
    }

    private static List<String> names(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    @Test
    void theExampleRunsAsItIs() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("```toml\n") + "```toml\n".length();
        Path file = Files.writeString(
                home.resolve("node.toml"),
                page.substring(begin, page.indexOf("```", begin)).replace("/var/lib/proteus", home + "/data"));
        RecordingLauncher launcher = new RecordingLauncher();

        CommandLineRun run = CommandLineRun.of(
                ProteusCommandLine.create(Said.host(home), ProgramLog.to(System.err), launcher),
                "run",
                "--config",
                file.toString(),
                "--max-num-peers",
                "30");

        assertThat(run.exitCode()).as(run.err()).isZero();
        NodeConfiguration node = launcher.launched().getFirst();
        assertThat(node.node().peers()).hasSize(3);
        assertThat(node.node().connections().maxNumPeers()).isEqualTo(30);
        assertThat(node.inboundMemory()).isEqualTo(512L << 20);
        assertThat(node.log().format()).isEqualTo(LogFormat.JSON);
        assertThat(node.warnings()).isEmpty();
    }

    @Test
    void thePageAndTheHelpListTheSameExitCodes() throws IOException {
        String page = Files.readString(PAGE);
        String help = CommandLineRun.of("store", "--help").out();

        assertThat(names("(?m)^\\| (\\d) \\|", page))
                .isEqualTo(names("(?m)^  (\\d)   ", help.substring(help.indexOf("Exit codes:"))))
                .hasSize(7);
    }
}
