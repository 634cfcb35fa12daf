package proteus.bootstrap.command;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import proteus.application.port.PeerTarget;
import proteus.application.port.StoreException;
import proteus.bootstrap.assembly.EndOfProcess;
import proteus.bootstrap.assembly.Shutdown;
import proteus.bootstrap.config.Host;
import proteus.bootstrap.config.MisconfigurationException;
import proteus.bootstrap.config.NamedPeers;
import proteus.bootstrap.demo.DemoNetwork;
import proteus.bootstrap.demo.DemoShow;
import proteus.bootstrap.logging.LogFormat;
import proteus.bootstrap.logging.LogSettings;
import proteus.bootstrap.logging.ProgramLog;

/** {@code demo}: five nodes in this process that move from one peer stack to the other, live. */
@Command(
        name = "demo",
        header = "Show five nodes that move from the legacy peer stack to libp2p while they mine.",
        description = {
            "",
            "Starts nodes on regtest on free ports of loopback, all with both peer stacks, all connected with all over the "
                    + "legacy one. Then the share of peers that each node moves to libp2p goes from 0 to 100 %% in five "
                    + "steps. At last the link between P1 and P5 is made bad: it lets no libp2p through any more, and these two "
                    + "must go back to legacy by themselves, and the others must stay. All the while the nodes mine in turn, "
                    + "and each block must get to all of them: how long that took is shown. On a terminal the picture is "
                    + "drawn again and again; elsewhere there is a line for whatever happens, the log of all moves, and a "
                    + "picture after each step.",
            "",
            "A connection between two of them is shown as the one sees it that dialled; its STANDING is what that one "
                    + "thinks of the other, and after the slash, what the other thinks of it. MIGRATION says what the "
                    + "migration of that node makes of it, and what came of the last move.",
            "",
            "Nothing is kept: their data is in a temporary directory, which is deleted at the end. The exit code is 0 only "
                    + "if all was shown, all sessions were moved, the one of the bad link went back, no session was lost, "
                    + "blocks got to all nodes in each step, and at the end all are connected and have the same tip."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./proteus demo",
            "  ./proteus demo --once",
            "  ./proteus demo --join legacy:127.0.0.1:9798",
            "  ./proteus demo --join /ip4/127.0.0.1/udp/9800/quic-v1",
            "",
            "The last two also connect to a real node on regtest. One that is joined over legacy may be moved as well."
        })
final class DemoCommand implements Callable<Integer> {

    private static final String JOIN = "--join";

    /** What writes moves into the log. */
    private static final String MOVES = "proteus.application.migration.Journal";

    private final Host host;
    private final ProgramLog log;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "End after so many seconds; without it, when Ctrl-C ends it. With fewer than 40 all is shown "
                    + "faster; with very few not all can be.")
    private Optional<Integer> seconds = Optional.empty();

    @Option(names = "--once", description = "End when all was shown, which takes about 30 seconds.")
    private boolean once;

    @Option(
            names = JOIN,
            paramLabel = "ADDRESS",
            description = "Also connect every node to the one at this address, in any form that 'run "
                    + "--peer' takes. May be given again, up to " + DemoNetwork.MOST_JOINED + " times.")
    private List<String> join = new ArrayList<>();

    @Option(names = "--plain", description = "Print lines also on a terminal.")
    private boolean plain;

    @Option(names = "--verbose", description = "Show the log of the nodes, too; implies --plain.")
    private boolean verbose;

    DemoCommand(Host host, ProgramLog log) {
        this.host = host;
        this.log = log;
    }

    @Override
    public Integer call() throws IOException, StoreException, InterruptedException {
        if (seconds.isPresent() && seconds.get() < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds takes 1 or more, not " + seconds.get());
        }
        List<PeerTarget> joined = joined();
        boolean draws = !plain && !verbose && isTerminal();
        log.start(new LogSettings(
                LogFormat.TEXT, verbose ? Level.INFO : Level.WARNING, draws ? Map.of() : Map.of(MOVES, Level.INFO)));
        Shutdown shutdown = new Shutdown();
        try (EndOfProcess end = EndOfProcess.watch(shutdown);
                DemoNetwork network = DemoNetwork.start(joined, log, shutdown)) {
            DemoShow show = new DemoShow(network, out(), draws, InstantSource.system());
            boolean complete = show.run(new DemoShow.Length(seconds.map(Duration::ofSeconds), once), shutdown);
            int code = complete ? ExitCode.OK : ExitCode.FAILED;
            end.exitWith(code);
            return code;
        }
    }

    private List<PeerTarget> joined() {
        if (join.size() > DemoNetwork.MOST_JOINED) {
            throw new ParameterException(
                    spec.commandLine(),
                    JOIN + " can be given " + DemoNetwork.MOST_JOINED + " times, not " + join.size());
        }
        try {
            return NamedPeers.read(join, JOIN, host);
        } catch (MisconfigurationException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
}
