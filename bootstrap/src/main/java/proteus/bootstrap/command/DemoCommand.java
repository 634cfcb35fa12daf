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
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import proteus.application.port.StoreException;
import proteus.bootstrap.assembly.EndOfProcess;
import proteus.bootstrap.assembly.Shutdown;
import proteus.bootstrap.demo.DemoNetwork;
import proteus.bootstrap.demo.DemoShow;
import proteus.bootstrap.legacy.LegacyStack;
import proteus.bootstrap.logging.LogFormat;
import proteus.bootstrap.logging.LogSettings;
import proteus.bootstrap.logging.ProgramLog;
import proteus.domain.peer.PeerAddress;

/** {@code demo}: some nodes in this process that talk to each other, live. */
@Command(
        name = "demo",
        header = "Show three nodes that talk to each other: who is connected, what goes each way, standings.",
        description = {
            "",
            "Starts nodes on regtest on free ports of 127.0.0.1, each of which dials all that were there before it over "
                    + "legacy TCP. Once a second they ask each other for their tips. On a terminal the table is drawn "
                    + "again and again; elsewhere a table is printed whenever who is connected changes.",
            "",
            "Nothing is kept: their data is in a temporary directory, which is deleted at the end. With --seconds, or "
                    + "after Ctrl-C, the exit code is 0 only if every node was connected to every other."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./proteus demo",
            "  ./proteus demo --seconds 10",
            "  ./proteus demo --join 127.0.0.1:9798     also connects to a real node on regtest"
        })
final class DemoCommand implements Callable<Integer> {

    private static final int MAX_NODES = 20;

    private final ProgramLog log;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "End after so many seconds; without it, when Ctrl-C ends it.")
    private Optional<Integer> seconds = Optional.empty();

    @Option(names = "--nodes", paramLabel = "N", description = "How many nodes, 2 to 20 (default: 3).")
    private int nodes = 3;

    @Option(
            names = "--join",
            paramLabel = "HOST:PORT",
            converter = AddressConverter.class,
            description = "Also connect every node to the legacy port of this one; HOST is an IP. May be given again.")
    private List<PeerAddress> join = new ArrayList<>();

    @Option(names = "--plain", description = "Print lines also on a terminal.")
    private boolean plain;

    @Option(names = "--verbose", description = "Show the log of the nodes, too; implies --plain.")
    private boolean verbose;

    DemoCommand(ProgramLog log) {
        this.log = log;
    }

    static final class AddressConverter implements ITypeConverter<PeerAddress> {
        @Override
        public PeerAddress convert(String text) {
            String bare = text.startsWith("legacy:") ? text.substring("legacy:".length()) : text;
            return PeerAddress.parse(bare)
                    .filter(address -> address.port() != 0)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is no IP and port, such as 127.0.0.1:9798 or [::1]:9798"))
                    .canonical();
        }
    }

    @Override
    public Integer call() throws IOException, StoreException, InterruptedException {
        if (nodes < 2 || nodes > MAX_NODES) {
            throw new ParameterException(spec.commandLine(), "--nodes takes 2 to " + MAX_NODES + ", not " + nodes);
        }
        if (seconds.isPresent() && seconds.get() < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds takes 1 or more, not " + seconds.get());
        }
        if (!join.isEmpty() && !LegacyStack.isBuilt()) {
            throw new ParameterException(
                    spec.commandLine(), "--join needs the legacy stack, which this build does not have");
        }
        log.start(new LogSettings(LogFormat.TEXT, verbose ? Level.INFO : Level.WARNING, Map.of()));
        Shutdown shutdown = new Shutdown();
        try (EndOfProcess end = EndOfProcess.watch(shutdown);
                DemoNetwork network = DemoNetwork.start(nodes, List.copyOf(join), log, shutdown)) {
            DemoShow show = new DemoShow(network, out(), !plain && !verbose && isTerminal(), InstantSource.system());
            boolean complete = show.run(seconds.map(Duration::ofSeconds), shutdown);
            int code = complete ? ExitCode.OK : ExitCode.FAILED;
            end.exitWith(code);
            return code;
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
}
