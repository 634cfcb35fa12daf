package proteus.bootstrap.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import proteus.bootstrap.config.Host;
import proteus.bootstrap.logging.Printable;

/** {@code status}: how is a running node doing? */
@Command(
        name = "status",
        header = "Show how a running node on this machine is doing: height, sync, peers, miner.",
        description = {
            "",
            "The flags, variables and the file are the node's: they say where its RPC and its cookie are."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./proteus status --network regtest", "  watch -n 1 ./proteus status --network regtest"})
final class StatusCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":(?:\"([^\"]*)\"|([0-9.E+-]+))");

    private final Host host;

    @Spec
    private CommandSpec spec;

    private StatusCommand(Host host) {
        this.host = host;
    }

    /** The command with its options. */
    static CommandSpec of(Host host) {
        CommandSpec command = CommandSpec.forAnnotatedObject(new StatusCommand(host));
        NodeCalls.OPTIONS.addTo(command);
        return command;
    }

    @Override
    public Integer call() {
        NodeCalls node = NodeCalls.of(host, spec.commandLine(), PATIENCE);
        Map<String, String> fields = fields(node.result("NodeStatus", Map.of()));
        PrintWriter out = spec.commandLine().getOut();
        out.printf("Node     %s, network %s%n", node.address(), field(fields, "network"));
        out.printf("Height   %s  %s%n", field(fields, "height"), field(fields, "tip"));
        out.printf("Sync     %s%n", sync(fields));
        out.printf("Peers    %s%n", field(fields, "peers"));
        out.printf("Miner    %s%n", field(fields, "miner"));
        return ExitCode.OK;
    }

    private static Map<String, String> fields(String json) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (MatchResult field : FIELD.matcher(json).results().toList()) {
            fields.put(field.group(1), Optional.ofNullable(field.group(2)).orElseGet(() -> field.group(3)));
        }
        return fields;
    }

    private static String field(Map<String, String> fields, String name) {
        return Printable.of(Optional.ofNullable(fields.get(name))
                .orElseThrow(() -> new CommandFailedException("the node does not say its " + name)));
    }

    private static String sync(Map<String, String> fields) {
        String state = field(fields, "sync");
        return switch (state) {
            case "unknown" -> "unknown: no peer has shown a tip that would tell";
            case "synced" -> "synced: no peer shows a better chain";
            case "challenging" ->
                "a far better chain is claimed; " + field(fields, "open_challenges")
                        + " peers have been asked to show it";
            case "syncing" -> syncing(fields);
            default -> state;
        };
    }

    private static String syncing(Map<String, String> fields) {
        long height = Long.parseLong(field(fields, "sync_height"));
        long target = Long.parseLong(field(fields, "sync_target"));
        String left = fields.containsKey("seconds_left") ? ", about " + field(fields, "seconds_left") + " s left" : "";
        return String.format(
                Locale.ROOT,
                "%d%%: block %d of %d, %.1f blocks/s from %s peers%s",
                target == 0 ? 100 : 100 * height / target,
                height,
                target,
                Double.parseDouble(field(fields, "blocks_per_second")),
                field(fields, "serving_peers"),
                left);
    }
}
