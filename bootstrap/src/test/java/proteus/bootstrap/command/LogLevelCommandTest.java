package proteus.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import proteus.application.port.StoreException;
import proteus.bootstrap.assembly.RunningNode;
import proteus.bootstrap.assembly.Shutdown;
import proteus.bootstrap.assembly.TestNodes;
import proteus.bootstrap.config.NodeConfiguration;
import proteus.bootstrap.config.Said;
import proteus.bootstrap.logging.CapturedLog;
import proteus.bootstrap.logging.ProgramLog;

@Timeout(60)
final class LogLevelCommandTest {

    /** What the node logs at debug when a client of its RPC sends nonsense. */
    private static final String DEBUG_LINE = "DEBUG proteus.adapters.rpc.RpcConnection: an RPC connection ends over";

    private static final int PATIENCE_MILLIS = 20_000;

    @TempDir
    private Path home;

    private CommandLineRun logLevel(String... args) {
        String[] words = Stream.concat(Stream.of("log-level"), Stream.of(args)).toArray(String[]::new);
        return CommandLineRun.of(
                ProteusCommandLine.create(Said.host(home), ProgramLog.to(System.err), new RecordingLauncher()), words);
    }

    /** The same for the node on regtest in {@code home}, at a port. */
    private CommandLineRun logLevelAt(int port, String level) {
        return logLevel(
                level, "--network", "regtest", "--data-dir", home.toString(), "--rpc-port", Integer.toString(port));
    }

    private RunningNode start(ProgramLog log) throws IOException, StoreException {
        NodeConfiguration configuration =
                TestNodes.configuration(home.resolve("regtest"), TestNodes.places(3), 64L << 20);
        configuration.data().create();
        return RunningNode.start(configuration, log, new Shutdown());
    }

    /** Makes the node log a line at debug, which it has done when this returns. */
    private static void sendNonsense(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(new byte[] {0, 0, 0, 1, '!'});
            assertThat(socket.getInputStream().read()).isNegative();
        }
    }

    @Test
    void aRunningNodeLogsWhatItDidNotLogBeforeAndStopsAgain() throws IOException, StoreException {
        try (CapturedLog captured = new CapturedLog();
                RunningNode running = start(captured.log())) {
            sendNonsense(running.rpcPort());
            assertThat(captured.text()).contains("Started RPC server").doesNotContain(DEBUG_LINE);

            CommandLineRun louder = logLevelAt(running.rpcPort(), "proteus.adapters.rpc=debug");

            assertThat(louder.exitCode()).as(louder.err()).isZero();
            assertThat(louder.err()).isEmpty();
            assertThat(louder.out())
                    .isEqualToNormalizingNewlines("The node at 127.0.0.1:" + running.rpcPort()
                            + " now logs debug and what is more severe, of proteus.adapters.rpc and the loggers "
                            + "below it.\n");
            sendNonsense(running.rpcPort());
            assertThat(captured.text()).containsOnlyOnce(DEBUG_LINE);

            CommandLineRun quiet = logLevelAt(running.rpcPort(), "off");

            assertThat(quiet.out()).endsWith(" now logs nothing of all loggers." + System.lineSeparator());
            sendNonsense(running.rpcPort());
            assertThat(captured.text()).containsOnlyOnce(DEBUG_LINE);
        }
    }

    @Test
    void theNodeIsFoundByTheFileThatItWasToldIn() throws IOException, StoreException {
        try (CapturedLog captured = new CapturedLog();
                RunningNode running = start(captured.log())) {
            Path file = Files.writeString(
                    home.resolve("node.toml"),
                    "network = \"regtest\"\ndata-dir = \"" + home + "\"\nrpc-port = " + running.rpcPort()
                            + "\nmax-num-peers = 5\n");

            CommandLineRun run = logLevel("WARNING", "--config", file.toString());

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).contains("now logs warn and what is more severe, of all loggers.");
        }
    }

    @Test
    void theNodeOfAnotherDirectoryIsNotChanged() throws IOException, StoreException {
        try (CapturedLog captured = new CapturedLog();
                RunningNode running = start(captured.log())) {
            Path cookie = home.resolve("regtest/.cookie");
            String node = "proteus log-level: the node at 127.0.0.1:" + running.rpcPort();
            String advice = "; are --network and --data-dir those of the node?\n";

            Files.write(cookie, new byte[32]);
            assertFailed(logLevelAt(running.rpcPort(), "debug"), node + " does not know the cookie " + cookie + advice);
            Files.delete(cookie);
            assertFailed(
                    logLevelAt(running.rpcPort(), "debug"),
                    node + " needs the cookie " + cookie + ": no such file" + advice);

            sendNonsense(running.rpcPort());
            assertThat(captured.text()).doesNotContain(DEBUG_LINE);
        }
    }

    @Test
    void withoutANodeThePortIsNamed() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = free.getLocalPort();
        }

        CommandLineRun run = logLevelAt(port, "debug");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("proteus log-level: no node at 127.0.0.1:" + port + ": ")
                .endsWith("; is --rpc-port that of the node?" + System.lineSeparator())
                .hasLineCount(1);
    }

    @Test
    void anErrorOfTheNodeIsToldInOneLineThatSteersNothing() throws Exception {
        writeCookie();
        String answer = "{\"request_id\":0,\"message\":{\"Ok\":{\"SetLogLevel\":"
                + "{\"Err\":{\"Failed\":\"not supported\\n\\u001b[31mby this node\"}}}}}";
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread answering = Thread.ofVirtual().start(() -> answer(other, answer));

            CommandLineRun run = logLevelAt(other.getLocalPort(), "debug");

            assertFailed(
                    run,
                    "proteus log-level: the node at 127.0.0.1:" + other.getLocalPort()
                            + " refuses: not supported??[31mby this node\n");
            answering.join();
        }
    }

    private static void answer(ServerSocket listener, String payload) {
        try (Socket socket = listener.accept()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            in.readFully(new byte[in.readInt()]);
            byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(bytes.length);
            out.write(bytes);
        } catch (IOException _) {
            // The command sees it, and the test that.
        }
    }

    @Test
    void aNodeThatDoesNotAnswerIsLeft() throws IOException {
        writeCookie();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            String port = Integer.toString(silent.getLocalPort());
            CommandLine impatient = ProteusCommandLine.withManners(new CommandLine(new Trials())
                    .addSubcommand(new CommandLine(LogLevelCommand.of(Said.host(home), Duration.ofMillis(100)))));

            CommandLineRun run = CommandLineRun.of(
                    impatient, "log-level", "info", "-n", "regtest", "--data-dir", home.toString(), "--rpc-port", port);

            assertFailed(run, "trials log-level: the node at 127.0.0.1:" + port + " did not answer within 0.1 s\n");
        }
    }

    @Command(name = "trials")
    static final class Trials {}

    private void writeCookie() throws IOException {
        Files.createDirectories(home.resolve("regtest"));
        Files.write(home.resolve("regtest/.cookie"), new byte[32]);
    }

    private static void assertFailed(CommandLineRun run, String line) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualToNormalizingNewlines(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"loud", "io.netty=loud", "io.netty=", ""})
    void aLevelThatDoesNotExistIsMisuseAndTheLevelsAreListed(String level) {
        CommandLineRun run = logLevel(level);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("proteus log-level: [LOGGER=]LEVEL: '" + level.substring(level.indexOf('=') + 1)
                        + "' is not a level; there are all, trace, debug, info, warn, error and off")
                .contains("Try 'proteus log-level --help'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a..b", "a b", "a/"})
    void aNameThatNoLoggerHasIsMisuse(String logger) {
        CommandLineRun run = logLevel(logger + "=debug");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'" + logger + "' is not the name of a logger");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        CommandLineRun run = logLevel("loud", "--network", "alpha", "--rpc-port", "70000", "--peer-port");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("'loud' is not a level")
                .contains("'alpha' is not a network")
                .contains("'70000' is not")
                .contains("'--peer-port'");
    }

    @Test
    void withoutALevelOrWithAPortThatIsAnyTheCommandIsMisuse() {
        CommandLineRun nothing = logLevel();
        CommandLineRun anyPort = logLevelAt(0, "debug");

        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err()).contains("Missing required parameter: '[LOGGER=]LEVEL'");
        assertThat(anyPort.exitCode()).isEqualTo(2);
        assertThat(anyPort.err()).contains("the port 0 lets a node choose its own");
    }
}
