package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class ProteusCommandLineTest {

    @Test
    void helpGoesToStandardOutputAndNamesTheExitCodes() {
        CommandLineRun run = CommandLineRun.of("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("Usage: proteus")
                .contains("Examples:")
                .containsPattern("(?m)^  0 .*$\n  1 .*$\n  2 .*$");
    }

    @Test
    void theVersionNamesTheProgramAndTheJavaThatRunsIt() {
        CommandLineRun run = CommandLineRun.of("--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .matches("proteus \\d+\\.\\d+\\.\\d+\\S*( \\(commit [0-9a-f]{10,}(-dirty)?\\))?\\R"
                        + "Java 25\\S* \\(.+\\), .+\\R");
    }

    @Test
    void aMissingCommandIsMisuse() {
        CommandLineRun run = CommandLineRun.of();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("a command is missing").contains("Try 'proteus --help'.");
    }

    @Test
    void anUnknownCommandIsMisuseAndTheNearestOneIsNamed() {
        CommandLineRun run = CommandLineRun.of("hepl");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'hepl'").contains("proteus help").contains("Try 'proteus --help'.");
    }

    @Test
    void anUnknownOptionIsMisuseAndTheNearestOneIsNamed() {
        CommandLineRun run = CommandLineRun.of("--verson");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Unknown option: '--verson'").contains("--version");
    }

    @Test
    void misuseOfACommandPointsAtTheHelpOfThatCommand() {
        CommandLineRun run = CommandLineRun.of(trials(), "answer", "--code", "seven");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("trials answer: ")
                .contains("'seven' is not an int")
                .contains("Try 'trials answer --help'.");
    }

    @Test
    void theExitCodeOfACommandIsTheExitCodeOfTheProgram() {
        assertThat(CommandLineRun.of(trials(), "answer", "--code", "1").exitCode())
                .isEqualTo(1);
    }

    @Test
    void anExpectedFailureIsOneLineAndExitCodeOne() {
        CommandLineRun run = CommandLineRun.of(trials(), "fail");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("trials fail: no such file: x.jsonl" + System.lineSeparator());
    }

    @Test
    void aDefectIsShownWithItsStackTraceAndExitCodeOne() {
        CommandLineRun run = CommandLineRun.of(trials(), "break");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("trials break: a defect in Proteus")
                .contains("IllegalStateException: broken invariant")
                .contains("\tat ");
    }

    @Test
    void everyCommandHasAHeaderAndHelpWithExitCodes() {
        for (CommandLine command : commandsOf(ProteusCommandLine.create())) {
            if (command.getCommand() instanceof CommandLine.HelpCommand) {
                continue;
            }
            String name = command.getCommandSpec().qualifiedName();
            assertThat(command.getCommandSpec().usageMessage().header())
                    .as("header of " + name)
                    .isNotEmpty();
            assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF))
                    .as("help of " + name)
                    .contains("--help")
                    .contains("Exit codes:");
        }
    }

    private static List<CommandLine> commandsOf(CommandLine root) {
        List<CommandLine> found = new ArrayList<>();
        Deque<CommandLine> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            CommandLine next = open.pop();
            found.add(next);
            Collection<CommandLine> below = next.getSubcommands().values();
            open.addAll(below);
        }
        return found;
    }

    private static CommandLine trials() {
        return ProteusCommandLine.withManners(new CommandLine(new Trials()));
    }

    @Command(
            name = "trials",
            subcommands = {Answer.class, Fail.class, Break.class})
    static final class Trials {}

    @Command(name = "answer")
    static final class Answer implements Callable<Integer> {

        @Option(names = "--code")
        private int code;

        @Override
        public Integer call() {
            return code;
        }
    }

    @Command(name = "fail")
    static final class Fail implements Callable<Integer> {

        @Override
        public Integer call() {
            throw new CommandFailedException("no such file: x.jsonl");
        }
    }

    @Command(name = "break")
    static final class Break implements Callable<Integer> {

        @Override
        public Integer call() {
            throw new IllegalStateException("broken invariant");
        }
    }
}
