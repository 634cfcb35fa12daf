package proteus.bootstrap.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import proteus.adapters.rpc.LogLevels;
import proteus.bootstrap.config.BadValueException;
import proteus.bootstrap.config.Host;
import proteus.bootstrap.config.LogLevel;
import proteus.bootstrap.config.Source;

/** {@code log-level}: changes over its RPC what a running node logs. */
@Command(
        name = "log-level",
        header = "Change what a running node on this machine logs.",
        description = {
            "",
            "Until the node ends, or until the next change; it starts again with what its own --log-level says.",
            "",
            "The flags, variables and the file are the node's: they say where its RPC and its cookie are."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./proteus log-level debug --network regtest",
            "  ./proteus log-level proteus.adapters.legacytcp=trace --config node.toml"
        })
final class LogLevelCommand implements Callable<Integer> {

    private static final String PARAMETER = "[LOGGER=]LEVEL";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Host host;
    private final Duration patience;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1",
            paramLabel = PARAMETER,
            description = "The least severe level to log: " + LogLevels.NAMES
                    + "; for all loggers without exception, or for one and those below it.")
    private Optional<String> said = Optional.empty();

    private LogLevelCommand(Host host, Duration patience) {
        this.host = host;
        this.patience = patience;
    }

    /** The command with its options. */
    static CommandSpec of(Host host) {
        return of(host, PATIENCE);
    }

    /** The same that waits so long for the node. */
    static CommandSpec of(Host host, Duration patience) {
        CommandSpec command = CommandSpec.forAnnotatedObject(new LogLevelCommand(host, patience));
        NodeCalls.OPTIONS.addTo(command);
        return command;
    }

    @Override
    public Integer call() {
        Source options = NodeCalls.OPTIONS.read(spec.commandLine().getParseResult());
        List<String> problems = new ArrayList<>(options.problems());
        Optional<LogLevel> level = said.flatMap(text -> level(text, problems));
        NodeCalls node = NodeCalls.of(host, new Source(options.values(), problems), spec.commandLine(), patience);
        LogLevel wanted = level.orElseThrow();
        String _ = node.result(
                "SetLogLevel", Map.of("logger", wanted.logger(), "level", LogLevels.nameOf(wanted.level())));
        spec.commandLine().getOut().println("The node at " + node.address() + " now logs " + described(wanted) + ".");
        return ExitCode.OK;
    }

    private static Optional<LogLevel> level(String text, List<String> problems) {
        try {
            return Optional.of(LogLevel.parse(text));
        } catch (BadValueException bad) {
            problems.add(PARAMETER + ": " + bad.getMessage());
            return Optional.empty();
        }
    }

    private static String described(LogLevel level) {
        String loggers = level.logger().isEmpty() ? "all loggers" : level.logger() + " and the loggers below it";
        String name = LogLevels.nameOf(level.level());
        return switch (level.level()) {
            case ALL -> "everything of " + loggers;
            case OFF -> "nothing of " + loggers;
            case ERROR -> name + " of " + loggers;
            case TRACE, DEBUG, INFO, WARNING -> name + " and what is more severe, of " + loggers;
        };
    }
}
