package proteus.bootstrap.command;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import proteus.adapters.libp2p.engine.Security;
import proteus.bootstrap.logging.LogFormat;
import proteus.bootstrap.logging.LogSettings;

/** What both commands below {@code peer} are told of the peer itself. */
final class PeerOptions {

    @Option(
            names = "--security",
            paramLabel = "noise|tls",
            description = "What to offer on TCP (default: noise). QUIC has its own, which is TLS.")
    Security security = Security.NOISE;

    @Option(
            names = "--identity-file",
            paramLabel = "FILE",
            description = "Be the peer whose key is in this file, in neptune-core's format; made if it is not there. "
                    + "Without it, a new peer each time.")
    Optional<Path> identityFile = Optional.empty();

    @Option(names = "--verbose", description = "Log what happens, on standard error.")
    private boolean verbose;

    LogSettings log() {
        return new LogSettings(LogFormat.TEXT, verbose ? Level.DEBUG : Level.WARNING, Map.of());
    }
}
