package proteus.bootstrap.command;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import proteus.adapters.libp2p.engine.multiaddr.MalformedMultiaddrException;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.bootstrap.logging.Printable;
import proteus.bootstrap.logging.ProgramLog;
import proteus.bootstrap.peer.Operation;
import proteus.bootstrap.peer.PeerFailedException;
import proteus.bootstrap.peer.PeerTool;

/** {@code peer dial}: tries one thing out on a peer, and prints what came out as one line of JSON. */
@Command(
        name = "dial",
        header = "Dial a peer, try one thing out on it, and print what came out as one line of JSON.",
        description = {
            "",
            "identify: who it is.  ping: round trips in ms.  echo: --bytes sent back and compared.  perf-up, perf-down: "
                    + "how fast --bytes go.  streams: --count echoes of 64 KiB at once.  rtt: ms from the start of the dial "
                    + "until one byte is back.  reset: streams reset by either side, and the connection lives.",
            "",
            "echo, streams, rtt and reset need a peer that serves the protocols of 'peer listen'."
        })
final class PeerDialCommand implements Callable<Integer> {

    private final ProgramLog log;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PeerOptions options = new PeerOptions();

    @Parameters(
            arity = "1",
            paramLabel = "MULTIADDR",
            converter = MultiaddrConverter.class,
            description =
                    "Such as /ip4/127.0.0.1/tcp/4001 or /ip4/127.0.0.1/udp/4001/quic-v1; with /p2p/ID at its end, "
                            + "nobody else will do.")
    private Multiaddr address;

    @Option(
            names = "--op",
            paramLabel = "OP",
            converter = OperationConverter.class,
            description = "identify, ping, echo, perf-up, perf-down, streams, rtt or reset (default: identify).")
    private Operation operation = Operation.IDENTIFY;

    @Option(names = "--bytes", paramLabel = "N", description = "For echo and perf (default: 16777216).")
    private long bytes = 16 * 1024 * 1024;

    @Option(
            names = "--count",
            paramLabel = "N",
            description =
                    "Of pings (default: 3), of streams (default: 100), or of transfers of perf, one after another, the "
                            + "last of which counts (default: 1).")
    private int count;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "For the whole of it (default: 120).")
    private int timeout = 120;

    static final class MultiaddrConverter implements ITypeConverter<Multiaddr> {
        @Override
        public Multiaddr convert(String text) {
            try {
                return Multiaddr.parse(text);
            } catch (MalformedMultiaddrException malformed) {
                throw new TypeConversionException("'" + text + "' is no multiaddr: " + malformed.getMessage());
            }
        }
    }

    static final class OperationConverter implements ITypeConverter<Operation> {
        @Override
        public Operation convert(String text) {
            return Operation.of(text)
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of " + Operation.names()));
        }
    }

    PeerDialCommand(ProgramLog log) {
        this.log = log;
    }

    @Override
    public Integer call() throws InterruptedException {
        requirePositive("--bytes", bytes);
        requirePositive("--timeout", timeout);
        if (spec.commandLine().getParseResult().hasMatchedOption("--count")) {
            requirePositive("--count", count);
        } else {
            count = operation.usualCount();
        }
        log.start(options.log());
        try (PeerTool peer = PeerTool.start(options.security, options.identityFile)) {
            String line = JsonText.of(peer.dial(address, operation, bytes, count, Duration.ofSeconds(timeout)));
            spec.commandLine().getOut().println(line);
            return ExitCode.OK;
        } catch (PeerFailedException failed) {
            throw new CommandFailedException(
                    Printable.of(operation.text() + " of " + address + ": " + failed.getMessage()), failed);
        }
    }

    private void requirePositive(String option, long value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), option + " takes 1 or more, not " + value);
        }
    }
}
