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

/** {@code demo}: nodes of both peer stacks in this process that talk to each other, live. */
@Command(
        name = "demo",
        header = "Show four nodes, each with one peer stack or both: who speaks what with whom.",
        description = {
            "",
            "Starts nodes on regtest on free ports of 127.0.0.1: P1 knows the legacy stack only, P2 libp2p only, P3 and P4 "
                    + "both. P3 and P4 dial those before them: P1 over legacy, P2 over libp2p, one over QUIC and one over "
                    + "TCP, and P4 dials P3, where both would do, and libp2p is preferred. Once a second all ask their "
                    + "peers for their tips, and every three seconds another one mines a block, which goes to the others: "
                    + "how long that took after its miner had it is shown. On a terminal the picture is drawn again and again; elsewhere one is printed "
                    + "whenever who speaks what with whom changes.",
            "",
            "A connection between two of them is shown as the one sees it that dialled; its STANDING is what that one "
                    + "thinks of the other, and after the slash, what the other thinks of it.",
            "",
            "Nothing is kept: their data is in a temporary directory, which is deleted at the end. With --seconds, or "
                    + "after Ctrl-C, the exit code is 0 only if all that have a stack in common were connected, and all had the "
                    + "same tip."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./proteus demo",
            "  ./proteus demo --seconds 10",
            "  ./proteus demo --join legacy:127.0.0.1:9798",
            "  ./proteus demo --join /ip4/127.0.0.1/udp/9800/quic-v1",
            "",
            "The last two also connect to a real node on regtest, over one of its stacks. Given together, they do over both."
        })
final class DemoCommand implements Callable<Integer> {

    private static final String JOIN = "--join";

    private final Host host;
    private final ProgramLog log;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "End after so many seconds; without it, when Ctrl-C ends it.")
    private Optional<Integer> seconds = Optional.empty();

    @Option(
            names = JOIN,
            paramLabel = "ADDRESS",
            description =
                    "Also connect every node that has a stack for it to the one at this address, in any form that 'run "
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
        log.start(new LogSettings(LogFormat.TEXT, verbose ? Level.INFO : Level.WARNING, Map.of()));
        Shutdown shutdown = new Shutdown();
        try (EndOfProcess end = EndOfProcess.watch(shutdown);
                DemoNetwork network = DemoNetwork.start(joined, log, shutdown)) {
            DemoShow show = new DemoShow(network, out(), !plain && !verbose && isTerminal(), InstantSource.system());
            boolean complete = show.run(seconds.map(Duration::ofSeconds), shutdown);
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
