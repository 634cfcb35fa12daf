package proteus.bootstrap.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import proteus.application.port.MiningControl;
import proteus.bootstrap.config.Host;
import proteus.bootstrap.logging.Printable;

/** {@code mine}: lets a running node make blocks. */
@Command(
        name = "mine",
        header = "Let a running node on this machine mine blocks, on regtest or testnet-mock.",
        description = {
            "",
            "Each block is made on top of the node's tip, becomes its tip and goes to its peers before the next one is "
                    + "begun. It works whether or not the node runs with --compose and --guess, and pays whom the node's "
                    + "--guesser-receiver names.",
            "",
            "The flags, variables and the file are the node's: they say where its RPC and its cookie are."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./proteus mine --network regtest", "  ./proteus mine 100 --network regtest --rpc-port 9799"})
final class MineCommand implements Callable<Integer> {

    /** A little longer than a node tries to make a block. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Pattern HEIGHT = Pattern.compile("\"height\":([0-9]{1,20})");
    private static final Pattern DIGEST = Pattern.compile("\"digest\":\"([0-9a-f]{80})\"");

    private final Host host;
    private final InstantSource clock = InstantSource.system();

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many blocks, up to " + MiningControl.MOST_BLOCKS + " (default: 1).")
    private int count = 1;

    private MineCommand(Host host) {
        this.host = host;
    }

    /** The command with its options. */
    static CommandSpec of(Host host) {
        CommandSpec command = CommandSpec.forAnnotatedObject(new MineCommand(host));
        NodeCalls.OPTIONS.addTo(command);
        return command;
    }

    @Override
    public Integer call() {
        NodeCalls node = NodeCalls.of(host, spec.commandLine(), PATIENCE);
        if (count < 1 || count > MiningControl.MOST_BLOCKS) {
            throw new ParameterException(
                    spec.commandLine(), "N is from 1 to " + MiningControl.MOST_BLOCKS + ", not " + count);
        }
        PrintWriter out = spec.commandLine().getOut();
        Instant began = clock.instant();
        for (int made = 1; made <= count; made++) {
            Instant before = clock.instant();
            String block = described(node.result("MineBlock", Map.of()));
            out.println(place(made) + block + "  " + seconds(before));
            out.flush();
        }
        out.println("The node at " + node.address() + " mined " + (count == 1 ? "1 block" : count + " blocks") + " in "
                + seconds(began) + ".");
        return ExitCode.OK;
    }

    /** Such as {@code [ 3/10] }. */
    private String place(int made) {
        String all = Integer.toString(count);
        return String.format(Locale.ROOT, "[%" + all.length() + "d/%s] ", made, all);
    }

    private static String described(String json) {
        Matcher height = HEIGHT.matcher(json);
        Matcher digest = DIGEST.matcher(json);
        if (!height.find() || !digest.find()) {
            throw new CommandFailedException(Printable.of("the node says of the block: " + json));
        }
        return "block " + height.group(1) + "  " + digest.group(1);
    }

    private String seconds(Instant since) {
        return String.format(
                Locale.ROOT, "%.1f s", Duration.between(since, clock.instant()).toMillis() / 1000.0);
    }
}
