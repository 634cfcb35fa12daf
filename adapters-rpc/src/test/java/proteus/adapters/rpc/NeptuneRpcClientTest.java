package proteus.adapters.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.domain.network.Network;

/** Calls the real server, and others that do what it never would. */
@Timeout(60)
final class NeptuneRpcClientTest {

    private static final byte[] COOKIE = "an open secret of thirty-two byt".getBytes(StandardCharsets.US_ASCII);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Map<String, String> NOTHING = Map.of();

    @TempDir
    private Path directory;

    private final FakeNode node = new FakeNode();
    private final TestChain chain = new TestChain(new Network.RegTest());
    private final StringBuffer levels = new StringBuffer();
    private NeptuneRpcServer server;

    @BeforeEach
    void start() throws IOException {
        server = NeptuneRpcServer.start(
                new RpcSettings(0, directory, true, 10),
                node,
                chain.state(),
                (logger, level) ->
                        levels.append(logger).append('=').append(level).append(';'),
                new FixedCookie(COOKIE),
                Optional::empty);
    }

    @AfterEach
    void stop() {
        node.released.countDown();
        server.close();
        chain.close();
    }

    private NeptuneRpcClient client() {
        return new NeptuneRpcClient(server.port(), directory, LONG);
    }

    @Test
    void aCallReachesTheMethodWithItsArguments() {
        CallOutcome outcome = client().call("SetLogLevel", Map.of("logger", "proteus.\"adapters\"", "level", "debug"));

        assertThat(outcome).isEqualTo(new CallOutcome.Result("null"));
        assertThat(levels).hasToString("proteus.\"adapters\"=DEBUG;");
    }

    @Test
    void aResultIsGivenAsItCame() {
        assertThat(client().call("BlockHeight", NOTHING)).isEqualTo(new CallOutcome.Result("0"));
        assertThat(client().call("OwnInstanceId", NOTHING))
                .isEqualTo(new CallOutcome.Result("203546597752840054192796451560124861960"));
        assertThat(client().call("CookieHint", NOTHING))
                .isEqualTo(new CallOutcome.Result(
                        "{\"data_directory\":{\"data_dir\":\"" + directory + "\"},\"network\":\"RegTest\"}"));
    }

    @Test
    void anErrorIsGivenWithItsReason() {
        assertThat(client().call("SetLogLevel", Map.of("logger", "", "level", "loud")))
                .isEqualTo(new CallOutcome.Refused("levels are all, trace, debug, info, warn, error and off"));
        assertThat(client().call("SetLogLevel", Map.of("level", "info")))
                .isEqualTo(new CallOutcome.Refused("argument logger is missing"));
        assertThat(client().call("Nonesuch", NOTHING)).isEqualTo(new CallOutcome.Refused("unknown method Nonesuch"));
        assertThat(levels).isEmpty();
    }

    @Test
    void aHintThatIsWithheldIsAnErrorOfOneWord() throws IOException {
        server.close();
        server = NeptuneRpcServer.start(
                new RpcSettings(0, directory, false, 10),
                node,
                chain.state(),
                (_, _) -> {},
                new FixedCookie(COOKIE),
                Optional::empty);

        assertThat(client().call("CookieHint", NOTHING)).isEqualTo(new CallOutcome.Refused("CookieHintDisabled"));
    }

    @Test
    void anotherCookieIsNotTaken() throws IOException {
        Files.write(directory.resolve(".cookie"), new byte[RpcCookie.BYTES]);

        assertThat(client().call("Freeze", NOTHING)).isEqualTo(new CallOutcome.WrongCookie());
        assertThat(node.orders).isEmpty();
    }

    @Test
    void everyByteOfACookieIsShownAsItIs() throws IOException {
        byte[] cookie = new byte[RpcCookie.BYTES];
        for (int i = 0; i < cookie.length; i++) {
            cookie[i] = (byte) (i * 8 - 128);
        }
        server.close();
        server = NeptuneRpcServer.start(
                new RpcSettings(0, directory, true, 10),
                node,
                chain.state(),
                (_, _) -> {},
                new FixedCookie(cookie),
                Optional::empty);

        assertThat(client().call("BlockHeight", NOTHING)).isEqualTo(new CallOutcome.Result("0"));
    }

    @Test
    void aNodeWithoutCookieIsNotCalled() throws IOException {
        NeptuneRpcClient elsewhere = new NeptuneRpcClient(server.port(), directory.resolve("other"), LONG);
        NeptuneRpcClient client = client();

        assertThat(elsewhere.call("Freeze", NOTHING)).isEqualTo(new CallOutcome.NoCookie("no such file"));
        Files.write(client.cookieFile(), new byte[RpcCookie.BYTES - 1]);
        assertThat(client.call("Freeze", NOTHING))
                .isEqualTo(new CallOutcome.NoCookie("it has 31 bytes in place of 32"));
        assertThat(node.orders).isEmpty();
    }

    @Test
    void withoutANodeNobodyListens() {
        int port = server.port();
        server.close();

        assertThat(new NeptuneRpcClient(port, directory, LONG).call("BlockHeight", NOTHING))
                .isInstanceOf(CallOutcome.NoNode.class);
    }

    @Test
    void aNodeThatTakesTooLongIsLeft() {
        node.blocking = true;

        assertThat(new NeptuneRpcClient(server.port(), directory, SHORT).call("Freeze", NOTHING))
                .isEqualTo(new CallOutcome.TimedOut());
    }

    @Test
    void aServerWhosePlacesAreTakenGivesNoAnswer() throws IOException {
        RawClient[] others = new RawClient[5];
        try {
            for (int i = 0; i < others.length; i++) {
                others[i] = new RawClient(server.port());
                others[i].call("BlockHeight", COOKIE);
            }

            assertThat(client().call("BlockHeight", NOTHING)).isInstanceOf(CallOutcome.NoAnswer.class);
        } finally {
            for (RawClient other : others) {
                if (other != null) {
                    other.close();
                }
            }
        }
    }

    @Test
    void theRequestIsInUpstreamsForm() throws IOException {
        String[] request = new String[1];
        try (Answering answering = new Answering((in, _) -> request[0] = receive(in))) {
            CallOutcome outcome = new NeptuneRpcClient(answering.port(), directory, Duration.ofSeconds(9, 5))
                    .call("Ban", Map.of("ip", "/ip4/1.2.3.4"));

            assertThat(outcome).isEqualTo(new CallOutcome.NoAnswer("the connection was closed"));
        }

        assertThat(request[0])
                .isEqualTo("{\"Request\":{\"context\":{\"deadline\":{\"secs\":9,\"nanos\":5},\"trace_context\":"
                        + "{\"trace_id\":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],\"span_id\":0,"
                        + "\"sampling_decision\":\"Unsampled\"}},\"id\":0,\"message\":{\"Ban\":{\"token\":"
                        + RawClient.token(COOKIE).replace(" ", "") + ",\"ip\":\"/ip4/1.2.3.4\"}}}}");
    }

    @Test
    void anAnswerBeyondTheLimitIsNotRead() throws IOException {
        try (Answering answering = new Answering((in, out) -> {
            receive(in);
            out.writeInt((8 << 20) + 1);
        })) {
            assertThat(new NeptuneRpcClient(answering.port(), directory, LONG).call("Freeze", NOTHING))
                    .isEqualTo(new CallOutcome.NoAnswer("a frame of 8388609 bytes announced"));
        }
    }

    @Test
    void theLongestAnswerIsTaken() throws IOException {
        String answer = "{\"request_id\":0,\"message\":{\"Ok\":{\"Freeze\":{\"Ok\":[1,{\"a\":2.50}]}}}}";
        try (Answering answering = new Answering(answer + " ".repeat((8 << 20) - answer.length()))) {
            assertThat(new NeptuneRpcClient(answering.port(), directory, LONG).call("Freeze", NOTHING))
                    .isEqualTo(new CallOutcome.Result("[1,{\"a\":2.50}]"));
        }
    }

    /** A byte now and then must not keep the client for ever. */
    @Test
    void anAnswerThatNeverEndsIsLeft() throws IOException {
        try (Answering answering = new Answering((in, out) -> {
            receive(in);
            out.writeInt(1000);
            out.write('{');
            in.read();
        })) {
            assertThat(new NeptuneRpcClient(answering.port(), directory, SHORT).call("Freeze", NOTHING))
                    .isEqualTo(new CallOutcome.TimedOut());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 400 Bad Request",
                "[]",
                "{}",
                "{\"request_id\":0}",
                "{\"message\":{\"Ok\":{\"Freeze\":{\"Ok\":null}}}}",
                "{\"request_id\":1,\"message\":{\"Ok\":{\"Freeze\":{\"Ok\":null}}}}",
                "{\"request_id\":0,\"message\":{\"Ok\":{\"Unfreeze\":{\"Ok\":null}}}}",
                "{\"request_id\":0,\"message\":{\"Ok\":{\"Freeze\":{\"Ok\":null,\"Err\":null}}}}",
                "{\"request_id\":0,\"message\":{\"Ok\":{\"Freeze\":{}}}}",
                "{\"request_id\":0,\"message\":{\"Ok\":{\"Freeze\":{\"Maybe\":null}}}}",
                "{\"request_id\":0,\"message\":{\"Ok\":{\"Freeze\":{\"Err\":7}}}}",
                "{\"request_id\":0,\"message\":{\"Maybe\":null}}",
                "{\"request_id\":0,\"message\":{\"Ok\":{\"Freeze\":{\"Ok\":null}}}} {}",
                "{\"request_id\":0,\"message\":{\"Ok\":{\"Freeze\":{\"Ok\":[}}}}",
            })
    void whatIsNoAnswerIsNotTakenForOne(String payload) throws IOException {
        try (Answering answering = new Answering(payload)) {
            assertThat(new NeptuneRpcClient(answering.port(), directory, LONG).call("Freeze", NOTHING))
                    .isInstanceOfSatisfying(
                            CallOutcome.NoAnswer.class,
                            none -> assertThat(none.reason()).startsWith("what came is "));
        }
    }

    @Test
    void errorsThatThisNodeNeverGivesAreToldAllTheSame() throws IOException {
        assertThat(refusal("{\"Ok\":{\"Freeze\":{\"Err\":\"RestrictedAccess\"}}}"))
                .isEqualTo("RestrictedAccess");
        assertThat(refusal("{\"Ok\":{\"Freeze\":{\"Err\":{\"SendError\":\"full\"}}}}"))
                .isEqualTo("SendError: full");
        assertThat(refusal("{\"Ok\":{\"Freeze\":{\"Err\":{\"InvalidDerivationIndexRange\":[1,2]}}}}"))
                .isEqualTo("InvalidDerivationIndexRange");
        assertThat(refusal("{\"Err\":{\"kind\":13,\"detail\":\"late\"}}")).isEqualTo("late");
        assertThat(refusal("{\"Err\":{\"kind\":13}}")).isEqualTo("an error without details");
    }

    private String refusal(String message) throws IOException {
        try (Answering answering = new Answering("{\"message\":" + message + ",\"more\":[{}],\"request_id\":0}")) {
            return ((CallOutcome.Refused)
                            new NeptuneRpcClient(answering.port(), directory, LONG).call("Freeze", NOTHING))
                    .reason();
        }
    }

    @Test
    void aClientNeedsAPortAndPatience() {
        assertThatThrownBy(() -> new NeptuneRpcClient(0, directory, LONG)).hasMessageContaining("65535: 0");
        assertThatThrownBy(() -> new NeptuneRpcClient(65_536, directory, LONG)).hasMessageContaining("65536");
        assertThatThrownBy(() -> new NeptuneRpcClient(1, directory, Duration.ZERO))
                .hasMessageContaining("PT0S");
    }

    private static String receive(DataInputStream in) throws IOException {
        byte[] payload = new byte[in.readInt()];
        in.readFully(payload);
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** Takes one connection and does with it what it is told. */
    private static final class Answering implements AutoCloseable {

        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        private final Thread thread;

        private interface Behaviour {
            void with(DataInputStream in, DataOutputStream out) throws IOException;
        }

        /** Reads the request and answers with {@code payload}. */
        Answering(String payload) throws IOException {
            this((in, out) -> {
                receive(in);
                byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            });
        }

        Answering(Behaviour behaviour) throws IOException {
            thread = Thread.ofVirtual().start(() -> {
                try (Socket socket = listener.accept()) {
                    behaviour.with(
                            new DataInputStream(socket.getInputStream()),
                            new DataOutputStream(socket.getOutputStream()));
                } catch (IOException _) {
                    // The client sees it, and the test that.
                }
            });
        }

        int port() {
            return listener.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            } finally {
                listener.close();
            }
        }
    }
}
