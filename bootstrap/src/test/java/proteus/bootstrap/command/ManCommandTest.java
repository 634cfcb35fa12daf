package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import proteus.bootstrap.config.Flags;

/** The manual page says all that the help says, and formatters find nothing wrong with it. */
@Timeout(60)
class ManCommandTest {

    private static final CommandSpec ROOT = ProteusCommandLine.create().getCommandSpec();

    @TempDir
    private Path directory;

    private static String page() {
        CommandLineRun run = CommandLineRun.of("man");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        return run.out();
    }

    /** What it says of one command, without the marks of its language; of the program itself, all before the commands. */
    private static String about(String page, CommandSpec command) {
        String begin =
                command == ROOT ? ".TH " : ".SS \"" + command.qualifiedName().replace("-", "\\-") + "\"\n";
        assertThat(page).contains(begin);
        String rest = page.substring(page.indexOf(begin) + begin.length());
        int end = Stream.of(".SS ", ".SH \"COMMANDS\"", ".SH \"ENVIRONMENT\"")
                .mapToInt(rest::indexOf)
                .filter(index -> index >= 0)
                .min()
                .orElseThrow();
        return plain(rest.substring(0, end));
    }

    private static String plain(String text) {
        return text.replace("\\-", "-")
                .replace("\\(aq", "'")
                .replace("\\(ti", "~")
                .replace("\\fB", "")
                .replace("\\fR", "");
    }

    private static List<CommandSpec> commands(CommandSpec command) {
        List<CommandSpec> all = new ArrayList<>(List.of(command));
        for (CommandLine below : command.subcommands().values()) {
            all.addAll(commands(below.getCommandSpec()));
        }
        return all;
    }

    @Test
    void everyCommandHasItsPlaceWithAllItsFlagsAndParameters() {
        String page = page();
        List<CommandSpec> commands = commands(ROOT);

        assertThat(commands).hasSizeGreaterThan(20);
        for (CommandSpec command : commands) {
            String about = about(page, command);
            assertThat(about)
                    .contains(String.join("\n", command.usageMessage().header()).strip());
            for (OptionSpec option : command.options()) {
                if (command == ROOT || !(option.usageHelp() || option.versionHelp())) {
                    assertThat(about).as(command.qualifiedName()).contains("\n" + String.join(", ", option.names()));
                    assertThat(option.description()).isNotEmpty();
                }
            }
            command.positionalParameters()
                    .forEach(parameter -> assertThat(about).contains("\n", parameter.paramLabel()));
        }
    }

    @Test
    void everyFlagOfANodeIsExplainedAsInItsHelp() {
        String page = plain(page());

        assertThat(Flags.all())
                .hasSizeGreaterThan(50)
                .allSatisfy(flag -> assertThat(page)
                        .contains(flag.description().lines().findFirst().orElseThrow()));
    }

    @Test
    void thePageIsPlainAsciiAndGivesNoOrdersByMistake() {
        assertThat(page().lines())
                .allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c < 0x7F))
                .allMatch(line -> !line.startsWith("'"))
                .filteredOn(line -> line.startsWith("."))
                .allMatch(line -> line.matches("\\.(TH|SH|SS|PP|TP|EX|EE|br|nh|ad l)( \".*\")?"));
    }

    @Test
    void whatFormattersWouldTakeForOrdersIsShown() {
        Roff roff = new Roff();

        roff.paragraphs(List.of(".so a 'b' \\n \u2026", "", "'quoted'"));
        roff.item("-a\\fB", "one\n.two");

        assertThat(roff.toString())
                .isEqualTo(".PP\n\\&.so a \\(aqb\\(aq \\en \\[u2026]\n.PP\n\\(aqquoted\\(aq\n"
                        + ".TP\n\\fB\\-a\\efB\\fR\none\n.br\n\\&.two\n");
    }

    @Test
    void formattersFindNothingWrongAndShowAllFlags() throws Exception {
        Path groff = Path.of("/usr/bin/groff");
        assumeTrue(Files.isExecutable(groff), "groff is not here, which formats manual pages");
        Path file = Files.writeString(directory.resolve("proteus.1"), page());

        Formatted formatted = format(groff, file);

        assertThat(formatted.complaints).isEmpty();
        assertThat(formatted.text).contains("NAME", "proteus run", "--max-num-peers=COUNT", "EXIT STATUS");
        Flags.all().forEach(flag -> assertThat(formatted.text).contains(flag.option()));

        Files.writeString(file, ".TH \"A\" \"1\"\n.nonsense\n");
        assertThat(format(groff, file).complaints).contains("nonsense");
    }

    private record Formatted(String text, String complaints) {}

    private Formatted format(Path groff, Path file) throws IOException, InterruptedException {
        Path complaints = directory.resolve("complaints");
        Process process = new ProcessBuilder(
                        groff.toString(), "-man", "-Tascii", "-P-cbou", "-ww", "-rLL=100n", file.toString())
                .redirectError(complaints.toFile())
                .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        process.waitFor();
        return new Formatted(text, Files.readString(complaints));
    }
}
