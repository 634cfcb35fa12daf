package proteus.bootstrap.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import proteus.adapters.libp2p.engine.multiaddr.MalformedMultiaddrException;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.bootstrap.assembly.EndOfProcess;
import proteus.bootstrap.assembly.Shutdown;
import proteus.bootstrap.logging.ProgramLog;
import proteus.bootstrap.peer.PeerFailedException;
import proteus.bootstrap.peer.PeerTool;

/** {@code peer listen}: serves whoever dials, until it is killed. */
@Command(
        name = "listen",
        header = "Serve identify, ping, perf and an echo until killed.",
        description = {
            "",
            "The first line printed is the address to dial. The echo is /proteus-test/echo/1.0.0; streams of "
                    + "/proteus-test/reset/1.0.0 are reset at their first byte."
        })
final class PeerListenCommand implements Callable<Integer> {

    private static final int MAX_PORT = 65_535;

    private final ProgramLog log;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PeerOptions options = new PeerOptions();

    @Option(names = "--transport", paramLabel = "tcp|quic", description = "How to be reached (default: tcp).")
    private Transport transport = Transport.TCP;

    @Option(names = "--port", paramLabel = "P", description = "The port (default: 0, which lets the system choose).")
    private int port;

    @Option(
            names = "--listen-addr",
            paramLabel = "IP",
            description = "The address to listen at (default: 127.0.0.1, which only this machine reaches).")
    private String address = "127.0.0.1";

    private enum Transport {
        TCP("/tcp/%d"),
        QUIC("/udp/%d/quic-v1");

        private final String format;

        Transport(String format) {
            this.format = format;
        }

        String address(String ip, int port) {
            return (ip.indexOf(':') < 0 ? "/ip4/" : "/ip6/") + ip + String.format(java.util.Locale.ROOT, format, port);
        }
    }

    PeerListenCommand(ProgramLog log) {
        this.log = log;
    }

    @Override
    public Integer call() throws InterruptedException {
        Multiaddr wanted = wanted();
        log.start(options.log());
        Shutdown shutdown = new Shutdown();
        try (EndOfProcess end = EndOfProcess.watch(shutdown);
                PeerTool peer = PeerTool.start(options.security, options.identityFile)) {
            spec.commandLine().getOut().println(peer.listen(wanted));
            spec.commandLine().getOut().flush();
            shutdown.await();
            end.exitWith(ExitCode.OK);
            return ExitCode.OK;
        } catch (PeerFailedException failed) {
            throw new CommandFailedException(String.valueOf(failed.getMessage()), failed);
        }
    }

    private Multiaddr wanted() {
        if (port < 0 || port > MAX_PORT) {
            throw new ParameterException(spec.commandLine(), "--port takes 0 to " + MAX_PORT + ", not " + port);
        }
        try {
            return Multiaddr.parse(transport.address(address, port));
        } catch (MalformedMultiaddrException _) {
            throw new ParameterException(spec.commandLine(), "--listen-addr takes an IP, not '" + address + "'");
        }
    }
}
