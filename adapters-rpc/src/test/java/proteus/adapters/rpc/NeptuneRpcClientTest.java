package proteus.adapters.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.runtime.SecureRandomness;

@Timeout(60)
final class NeptuneRpcClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<String> levels = new ArrayList<>();
    private final FakeNode node = new FakeNode();

    @TempDir
    private Path directory;

    @BeforeEach
    void aCookieOfAnEarlierStart() throws IOException {
        Files.write(directory.resolve(".cookie"), new byte[32]);
    }

    private NeptuneRpcServer serve() throws IOException {
        return NeptuneRpcServer.start(
                new RpcSettings(0, directory, true, 10),
                node,
                (logger, level) -> levels.add(logger + "=" + level),
                new SecureRandomness());
    }

    private NeptuneRpcClient client(int port) {
        return new NeptuneRpcClient(port, directory, PATIENCE);
    }

    @Test
    void aCallReachesTheNode() throws IOException {
        try (NeptuneRpcServer server = serve()) {
            CallOutcome outcome =
                    client(server.port()).call("SetLogLevel", Map.of("logger", "proteus.a", "level", "debug"));

            assertThat(outcome).isEqualTo(new CallOutcome.Result("null"));
            assertThat(levels).containsExactly("proteus.a=" + Level.DEBUG);
        }
    }

    @Test
    void whatAMethodReturnsIsToldAsJson() throws IOException {
        try (NeptuneRpcServer server = serve()) {
            assertThat(client(server.port()).call("Network", Map.of()))
                    .isEqualTo(new CallOutcome.Result("\"RegTest\""));
        }
    }

    @Test
    void whatTheNodeRefusesIsTold() throws IOException {
        try (NeptuneRpcServer server = serve()) {
            CallOutcome outcome = client(server.port()).call("SetLogLevel", Map.of("logger", "", "level", "chatty"));

            assertThat(outcome).isInstanceOf(CallOutcome.Refused.class);
            assertThat(((CallOutcome.Refused) outcome).reason()).contains("levels are");
        }
    }

    @Test
    void anotherCookieIsAnotherOutcome() throws IOException {
        try (NeptuneRpcServer server = serve()) {
            Files.write(directory.resolve(".cookie"), new byte[32]);

            assertThat(client(server.port()).call("OwnInstanceId", Map.of())).isEqualTo(new CallOutcome.WrongCookie());
        }
    }

    @Test
    void withoutACookieNothingIsSent() throws IOException {
        try (NeptuneRpcServer server = serve()) {
            Files.delete(directory.resolve(".cookie"));

            assertThat(client(server.port()).call("Shutdown", Map.of()))
                    .isEqualTo(new CallOutcome.NoCookie("no such file"));
            assertThat(node.orders).isEmpty();
        }
    }

    @Test
    void whereNobodyListensThereIsNoNode() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = closed.getLocalPort();
        }

        assertThat(client(port).call("Network", Map.of())).isInstanceOf(CallOutcome.NoNode.class);
    }

    /** Of whoever has the port: text that is no answer, an answer to something else, too long, or the end at once. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request",
                "{}",
                "{\"request_id\":7,\"message\":{\"Ok\":{\"Network\":{\"Ok\":null}}}}",
                "{\"request_id\":0,\"message\":{\"Ok\":{\"BlockHeight\":{\"Ok\":null}}}}",
                ""
            })
    void whatIsNoAnswerIsToldAsNone(String answer) throws Exception {
        assertThat(callTo(answer.getBytes(StandardCharsets.UTF_8), answer.length()))
                .isInstanceOf(CallOutcome.NoAnswer.class);
    }

    @Test
    void anAnswerThatIsTooLongIsRefusedAtItsLength() throws Exception {
        assertThat(callTo(new byte[0], Integer.MAX_VALUE)).isInstanceOf(CallOutcome.NoAnswer.class);
    }

    private CallOutcome callTo(byte[] payload, int announced) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread other = Thread.ofVirtual().start(() -> answer(server, payload, announced));
            CallOutcome outcome = client(server.getLocalPort()).call("Network", Map.of());
            other.join();
            return outcome;
        }
    }

    private static void answer(ServerSocket server, byte[] payload, int announced) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read();
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(announced);
            out.write(payload);
            out.flush();
        } catch (IOException gone) {
            // The client had heard enough.
        }
    }

    @Test
    void aNodeThatDoesNotAnswerInTimeIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            NeptuneRpcClient hasty = new NeptuneRpcClient(silent.getLocalPort(), directory, Duration.ofMillis(50));

            assertThat(hasty.call("Network", Map.of())).isEqualTo(new CallOutcome.TimedOut());
        }
    }
}
