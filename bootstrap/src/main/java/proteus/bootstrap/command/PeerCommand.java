package proteus.bootstrap.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import proteus.bootstrap.logging.ProgramLog;

/** {@code peer}: a libp2p peer of its own, to try others out and to be tried out. */
@Command(
        name = "peer",
        header = "Be a libp2p peer without a node: serve others, or dial one and try something out on it.",
        description = {
            "",
            "Uses the libp2p engine alone; nothing of a node is started, read or written. Any libp2p peer will do on the "
                    + "other side, such as a neptune-core node."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./proteus peer listen --transport tcp --port 4001",
            "  ./proteus peer dial /ip4/127.0.0.1/tcp/4001 --op identify",
            "  ./proteus peer dial /ip4/139.162.193.206/tcp/9801 --security tls --op ping --count 5"
        })
final class PeerCommand {

    private PeerCommand() {}

    /** The command with those below it. */
    static CommandLine of(ProgramLog log) {
        return new CommandLine(new PeerCommand())
                .addSubcommand(new CommandLine(new PeerListenCommand(log)))
                .addSubcommand(new CommandLine(new PeerDialCommand(log)));
    }
}
