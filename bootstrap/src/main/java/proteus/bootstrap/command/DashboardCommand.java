package proteus.bootstrap.command;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import proteus.bootstrap.config.Host;
import proteus.bootstrap.logging.Printable;

/** {@code dashboard}: a link to the dashboard of a running node that may set its stage. */
@Command(
        name = "dashboard",
        header = "Print a link to the dashboard of a running node on this machine.",
        description = {
            "",
            "The node must serve it: ./proteus run --dashboard. Everybody on this machine may look at it; the browser that opens "
                    + "this link first, within an hour, may also set the stage. Each call prints a new link, and earlier "
                    + "ones stay good for whom they were given to.",
            "",
            "The flags, variables and the file are the node's: they say where its RPC and its cookie are."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./proteus dashboard --network regtest", "  xdg-open \"$(./proteus dashboard --network regtest)\""})
final class DashboardCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Host host;

    @Spec
    private CommandSpec spec;

    private DashboardCommand(Host host) {
        this.host = host;
    }

    /** The command with its options. */
    static CommandSpec of(Host host) {
        CommandSpec command = CommandSpec.forAnnotatedObject(new DashboardCommand(host));
        NodeCalls.OPTIONS.addTo(command);
        return command;
    }

    @Override
    public Integer call() {
        NodeCalls node = NodeCalls.of(host, spec.commandLine(), PATIENCE);
        String json = node.result("DashboardLink", Map.of());
        // A text without anything that JSON would escape, in quotes.
        if (!json.matches("\"http://[!#-\\[\\]-~]+\"")) {
            throw new CommandFailedException("the node at " + node.address() + " gave no link");
        }
        spec.commandLine().getOut().println(Printable.of(json.substring(1, json.length() - 1)));
        return ExitCode.OK;
    }
}
