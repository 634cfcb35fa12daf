package proteus.bootstrap.assembly;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import proteus.adapters.rpc.LogLevels;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.StoreException;
import proteus.bootstrap.config.NodeConfiguration;
import proteus.bootstrap.config.NodeLauncher;
import proteus.bootstrap.vector.Tip5Acceleration;
import proteus.domain.peer.PeerAddress;

/**
 * Runs one node as the whole of this process: until its operator orders the end over RPC, or a signal asks the process
 * to end (SIGINT, SIGTERM). Both ends are orderly, and give exit code 0, as upstream's do. SIGQUIT, which ends a node of
 * upstream, makes Java print its threads.
 */
public final class ProcessNode implements NodeLauncher {

    private static final System.Logger LOG = System.getLogger(ProcessNode.class.getName());

    @Override
    public int launch(NodeConfiguration configuration, LogLevels logLevels, PrintWriter out)
            throws StoreException, IOException, InterruptedException {
        LOG.log(
                Level.INFO,
                "Starting Proteus on {0}.",
                configuration.node().network().id());
        LOG.log(Level.INFO, "Data directory is {0}", configuration.data().path());
        Shutdown shutdown = new Shutdown();
        try (EndOfProcess end = EndOfProcess.watch(shutdown)) {
            try (RunningNode running = RunningNode.start(configuration, logLevels, shutdown)) {
                out.println(description(configuration, running));
                running.dashboardAddress()
                        .map(address ->
                                dashboard(address, () -> running.dashboardLink().orElseThrow(), isTerminal()))
                        .ifPresent(out::println);
                out.flush();
                // Not before: a start is short of processor time.
                Tip5Acceleration.start();
                shutdown.await();
                Optional<StoreException> failure = running.node().chainFailure();
                if (failure.isPresent()) {
                    throw failure.get();
                }
            }
            LOG.log(Level.INFO, "Shutdown completed.");
            end.exitWith(0);
            return 0;
        }
    }

    /**
     * Where the dashboard is. What is printed elsewhere than on a terminal ends in a journal or a file, which others read: no token
     * goes there.
     */
    static String dashboard(PeerAddress address, Supplier<String> link, boolean terminal) {
        return terminal
                ? "Dashboard: " + link.get() + " (who opens this first, within an hour, may set the stage)"
                : "Dashboard: http://" + address + "/ ('proteus dashboard' prints a link that may set the stage)";
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private static String description(NodeConfiguration configuration, RunningNode running) {
        List<PeerEndpoint> endpoints = running.node().listening();
        String listening = endpoints.isEmpty()
                ? "no incoming peers"
                : "peers at " + endpoints.stream().map(PeerEndpoint::toString).collect(Collectors.joining(", "));
        return "Proteus runs on " + configuration.node().network().id() + ": " + listening + ", neptune-cli --port "
                + running.rpcPort() + ". End it with Ctrl-C.";
    }
}
