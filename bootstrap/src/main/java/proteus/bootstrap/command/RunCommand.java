package proteus.bootstrap.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import proteus.application.port.StoreException;
import proteus.bootstrap.config.ConfigurationReader;
import proteus.bootstrap.config.Flags;
import proteus.bootstrap.config.Host;
import proteus.bootstrap.config.MisconfigurationException;
import proteus.bootstrap.config.NodeConfiguration;
import proteus.bootstrap.config.NodeLauncher;
import proteus.bootstrap.config.Source;
import proteus.bootstrap.logging.ProgramLog;

/** {@code run}: reads what a node is told, and runs it. */
@Command(
        name = "run",
        header = "Run a node until it is told to stop.",
        description = {
            "",
            "The flags are those of neptune-core. Every flag can also be an environment variable (PROTEUS_MAX_NUM_PEERS=20, "
                    + "lists with commas) or a line of a file named by --config (max-num-peers = 20). A flag wins over a "
                    + "variable, a variable over the file.",
            "",
            "Logs go to standard error. Files are kept in a directory of Proteus' own, never in neptune-core's."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./proteus run --network regtest --peer legacy:127.0.0.1:9798",
            "  ./proteus run --config node.toml --log-level debug",
            "  PROTEUS_NETWORK=regtest PROTEUS_NO_INCOMING=true ./proteus run"
        })
final class RunCommand implements Callable<Integer> {

    private static final FlagOptions OPTIONS = new FlagOptions(Flags.all());

    private final Host host;
    private final ProgramLog log;
    private final NodeLauncher launcher;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "BLOCK_NOTIFY",
            description =
                    "A command to run at each new tip, with its hash for %%s. Accepted for compatibility, without "
                            + "effect yet.")
    private Optional<String> blockNotify = Optional.empty();

    private RunCommand(Host host, ProgramLog log, NodeLauncher launcher) {
        this.host = host;
        this.log = log;
        this.launcher = launcher;
    }

    /** The command with its options; {@code launcher} gets what they say. */
    static CommandSpec of(Host host, ProgramLog log, NodeLauncher launcher) {
        CommandSpec command = CommandSpec.forAnnotatedObject(new RunCommand(host, log, launcher));
        OPTIONS.addTo(command);
        return command;
    }

    @Override
    public Integer call() throws IOException, StoreException, InterruptedException {
        NodeConfiguration configuration;
        try {
            configuration = ConfigurationReader.read(host, commandLine());
        } catch (MisconfigurationException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
        configuration.data().create();
        log.start(configuration.log());
        configuration.warnings().forEach(log::warn);
        return launcher.launch(configuration, log, spec.commandLine().getOut());
    }

    /** The options, and upstream's positional argument as the flag that it stands for. */
    private Source commandLine() {
        Source options = OPTIONS.read(spec.commandLine().getParseResult());
        if (blockNotify.isEmpty()) {
            return options;
        }
        String name = Flags.blockNotify().name();
        List<String> problems = new ArrayList<>(options.problems());
        if (options.values().containsKey(name)) {
            problems.add("BLOCK_NOTIFY: conflicts with " + Flags.blockNotify().option() + ", which says the same");
        }
        Map<String, List<Source.Given>> values = new HashMap<>(options.values());
        values.put(name, List.of(new Source.Given(blockNotify.get(), "BLOCK_NOTIFY")));
        return new Source(values, problems);
    }
}
