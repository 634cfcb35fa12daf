package proteus.bootstrap.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import proteus.adapters.rpc.CallOutcome;
import proteus.adapters.rpc.LogLevels;
import proteus.adapters.rpc.NeptuneRpcClient;
import proteus.adapters.rpc.RpcSettings;
import proteus.bootstrap.config.BadValueException;
import proteus.bootstrap.config.ConfigurationReader;
import proteus.bootstrap.config.Flags;
import proteus.bootstrap.config.Host;
import proteus.bootstrap.config.LogLevel;
import proteus.bootstrap.config.MisconfigurationException;
import proteus.bootstrap.config.Source;
import proteus.bootstrap.logging.Printable;

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
    private static final String ARE_THEY = "; are --network and --data-dir those of the node?";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final FlagOptions OPTIONS = new FlagOptions(Flags.ofRpc());

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
        OPTIONS.addTo(command);
        return command;
    }

    @Override
    public Integer call() {
        Source options = OPTIONS.read(spec.commandLine().getParseResult());
        List<String> problems = new ArrayList<>(options.problems());
        Optional<LogLevel> level = said.flatMap(text -> level(text, problems));
        RpcSettings rpc = rpc(new Source(options.values(), problems));
        NeptuneRpcClient client = new NeptuneRpcClient(rpc.port(), rpc.dataDirectory(), patience);
        set(level.orElseThrow(), client, "127.0.0.1:" + rpc.port());
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

    private RpcSettings rpc(Source source) {
        RpcSettings rpc;
        try {
            rpc = ConfigurationReader.readRpc(host, source);
        } catch (MisconfigurationException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
        if (rpc.port() == 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the port 0 lets a node choose its own; give the one that it logged at its start by --rpc-port");
        }
        return rpc;
    }

    private void set(LogLevel level, NeptuneRpcClient client, String address) {
        Map<String, String> arguments = Map.of("logger", level.logger(), "level", LogLevels.nameOf(level.level()));
        String node = "the node at " + address;
        String cookie = "the cookie " + client.cookieFile();
        switch (client.call("SetLogLevel", arguments)) {
            case CallOutcome.Result _ ->
                spec.commandLine().getOut().println("The node at " + address + " now logs " + described(level) + ".");
            case CallOutcome.Refused(String reason) -> throw failed(node + " refuses: " + reason);
            case CallOutcome.WrongCookie() -> throw failed(node + " does not know " + cookie + ARE_THEY);
            case CallOutcome.NoCookie(String reason) ->
                throw failed(node + " needs " + cookie + ": " + reason + ARE_THEY);
            case CallOutcome.NoNode(String reason) ->
                throw failed("no node at " + address + ": " + reason + "; is --rpc-port that of the node?");
            case CallOutcome.NoAnswer(String reason) -> throw failed(node + " did not answer: " + reason);
            case CallOutcome.TimedOut() ->
                throw failed(node + " did not answer within " + patience.toMillis() / 1000.0 + " s");
        }
    }

    /** What the node said may be anything. */
    private static CommandFailedException failed(String message) {
        return new CommandFailedException(Printable.of(message));
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
