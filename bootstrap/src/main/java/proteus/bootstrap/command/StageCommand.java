package proteus.bootstrap.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import proteus.adapters.rpc.GuardStatusJson;
import proteus.adapters.rpc.MigrationStatusJson;
import proteus.application.port.MigrationControl.Status;
import proteus.application.port.Rollout;
import proteus.application.port.Stage;
import proteus.bootstrap.config.Host;
import proteus.bootstrap.config.Source;

/** {@code stage}: how far has a running node gone from legacy to libp2p, and go on or back. */
@Command(
        name = "stage",
        header = "Show the migration of a running node on this machine from legacy to libp2p, or set its stage.",
        description = {
            "",
            "Without NAME it shows the stage, the sessions on each stack and every peer. With NAME it sets the stage, forwards "
                    + "or back: the node stores it, moves its sessions in the background, and keeps it over restarts. "
                    + "./proteus journal shows what came of it.",
            "",
            "The flags, variables and the file are the node's: they say where its RPC and its cookie are."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./proteus stage                       how it stands",
            "  ./proteus stage migrate --share 25    begin with a quarter of the peers",
            "  ./proteus stage --share 100           go on with all, in the stage migrate",
            "  ./proteus stage dual                  and back",
            "  ./proteus stage --network regtest --rpc-port 19799"
        })
final class StageCommand implements Callable<Integer> {

    private static final String STAGES = "legacy-only, dual, migrate or libp2p-only";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Host host;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The stage to set: " + STAGES + ".")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--share",
            paramLabel = "PERCENT",
            description =
                    "How many of the peers that have both stacks are moved in the stage migrate, 0 to 100. Without NAME "
                            + "the stage must be migrate already. Default: as it is.")
    private Optional<String> share = Optional.empty();

    @Option(names = "--peers", description = "Show how it stands, with every peer, also after setting the stage.")
    private boolean withPeers;

    private StageCommand(Host host) {
        this.host = host;
    }

    /** The command with its options. */
    static CommandSpec of(Host host) {
        CommandSpec command = CommandSpec.forAnnotatedObject(new StageCommand(host));
        NodeCalls.OPTIONS.addTo(command);
        return command;
    }

    @Override
    public Integer call() {
        Source options = NodeCalls.OPTIONS.read(spec.commandLine().getParseResult());
        List<String> problems = new ArrayList<>(options.problems());
        Optional<Stage> stage = name.flatMap(text -> stage(text, problems));
        Optional<Integer> percent = share.flatMap(text -> percent(text, problems));
        NodeCalls node = NodeCalls.of(host, new Source(options.values(), problems), spec.commandLine(), PATIENCE);
        PrintWriter out = spec.commandLine().getOut();
        if (stage.isPresent() || percent.isPresent()) {
            set(node, stage.orElseGet(() -> requireMigrating(node, percent.orElseThrow())), percent, out);
        }
        if (withPeers || (stage.isEmpty() && percent.isEmpty())) {
            out.printf("Node      %s%n", node.address());
            StageReport.lines(status(node), node.read("GuardStatus", Map.of(), GuardStatusJson::read))
                    .forEach(out::println);
        }
        return ExitCode.OK;
    }

    private static Optional<Stage> stage(String text, List<String> problems) {
        Optional<Stage> stage = Stage.parse(text);
        if (stage.isEmpty()) {
            problems.add("NAME: '" + text + "' is not " + STAGES);
        }
        return stage;
    }

    private static Optional<Integer> percent(String text, List<String> problems) {
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= Rollout.ALL) {
            return Optional.of(Integer.parseInt(text));
        }
        problems.add("--share: '" + text + "' is not a whole number from 0 to " + Rollout.ALL);
        return Optional.empty();
    }

    /** A share alone goes on with a migration and begins none. */
    private Stage requireMigrating(NodeCalls node, int percent) {
        Status status = status(node);
        if (status.custom() || status.rollout().stage() != Stage.MIGRATE) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--share: the node is not in the stage migrate but " + StageReport.stage(status)
                            + ", so that nobody would be moved; name the stage: proteus stage migrate --share "
                            + percent);
        }
        return Stage.MIGRATE;
    }

    private static void set(NodeCalls node, Stage stage, Optional<Integer> percent, PrintWriter out) {
        Map<String, String> arguments = new HashMap<>(Map.of("stage", stage.toString()));
        percent.ifPresent(share -> arguments.put("share", share.toString()));
        MigrationStatusJson.Change change = node.read("SetStage", arguments, MigrationStatusJson::readChange);
        String from = change.custom() ? StageReport.CUSTOM : change.from().toString();
        out.printf("The node at %s: %s -> %s%n", node.address(), from, change.to());
    }

    private static Status status(NodeCalls node) {
        return node.read("MigrationStatus", Map.of(), MigrationStatusJson::read);
    }
}
