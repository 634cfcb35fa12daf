package proteus.adapters.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.domain.network.Network;

/** What clients may cost, and what happens to those who send nonsense. */
@Timeout(60)
class ConnectionsTest {

    private static final byte[] COOKIE = "an open secret of thirty-two byt".getBytes(StandardCharsets.US_ASCII);
    private static final String TOKEN = "\"token\":" + RawClient.token(COOKIE);
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private final FakeNode node = new FakeNode();
    private final TestChain chain = new TestChain(new Network.RegTest());
    private NeptuneRpcServer server;
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        startWith(new RpcLimits(1 << 20, 8 << 20, 5, 10, 4, LONG, LONG, LONG));
    }

    @AfterEach
    void stop() throws IOException {
        node.released.countDown();
        for (RawClient client : clients) {
            client.close();
        }
        server.close();
        chain.close();
    }

    private void startWith(RpcLimits limits) throws IOException {
        if (server != null) {
            server.close();
        }
        server = NeptuneRpcServer.start(
                new RpcSettings(0, directory, true, 10),
                limits,
                node,
                chain.state(),
                (_, _) -> {},
                new FixedCookie(COOKIE),
                Optional::empty);
    }

    private RawClient connect() throws IOException {
        RawClient client = new RawClient(server.port());
        clients.add(client);
        return client;
    }

    private void assertStillServing() throws IOException {
        assertThat(connect().call("BlockHeight", COOKIE)).isEqualTo("{\"Ok\":{\"BlockHeight\":{\"Ok\":0}}}");
    }

    private static String height(String id) {
        return "{\"request_id\":" + id + ",\"message\":{\"Ok\":{\"BlockHeight\":{\"Ok\":0}}}}";
    }

    @Test
    void theCookieIsWrittenForTheOwnerOnly() throws IOException {
        Path file = directory.resolve(".cookie");

        assertThat(Files.readAllBytes(file)).isEqualTo(COOKIE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aPortThatIsTakenLeavesTheCookieAlone() throws IOException {
        RpcSettings taken = new RpcSettings(server.port(), directory, true, 10);

        assertThatThrownBy(() -> NeptuneRpcServer.start(
                        taken,
                        node,
                        chain.state(),
                        (_, _) -> {},
                        new FixedCookie(new byte[RpcCookie.BYTES]),
                        Optional::empty))
                .isInstanceOf(IOException.class);
        assertThat(Files.readAllBytes(directory.resolve(".cookie"))).isEqualTo(COOKIE);
    }

    @Test
    void aRestartReplacesTheCookie() throws IOException {
        server.close();
        byte[] next = new byte[RpcCookie.BYTES];
        server = NeptuneRpcServer.start(
                new RpcSettings(0, directory, true, 10),
                node,
                chain.state(),
                (_, _) -> {},
                new FixedCookie(next),
                Optional::empty);

        assertThat(Files.readAllBytes(directory.resolve(".cookie"))).isEqualTo(next);
        assertThat(connect().call("BlockHeight", COOKIE))
                .isEqualTo("{\"Ok\":{\"BlockHeight\":{\"Err\":{\"Auth\":\"InvalidCookie\"}}}}");
    }

    @Test
    void theHintTellsTheDirectoryUnlessItMayNot() throws IOException {
        assertThat(connect().call("CookieHint", COOKIE))
                .isEqualTo("{\"Ok\":{\"CookieHint\":{\"Ok\":{\"data_directory\":{\"data_dir\":\"" + directory
                        + "\"},\"network\":\"RegTest\"}}}}");
        server.close();
        server = NeptuneRpcServer.start(
                new RpcSettings(0, directory, false, 10),
                node,
                chain.state(),
                (_, _) -> {},
                new FixedCookie(COOKIE),
                Optional::empty);
        assertThat(connect().call("CookieHint", COOKIE))
                .isEqualTo("{\"Ok\":{\"CookieHint\":{\"Err\":\"CookieHintDisabled\"}}}");
    }

    @Test
    void hintAndNetworkNeedNoToken() throws IOException {
        RawClient client = connect();

        client.send(RawClient.request(1, "Network", ""));
        assertThat(client.receive())
                .isEqualTo("{\"request_id\":1,\"message\":{\"Ok\":{\"Network\":{\"Ok\":\"RegTest\"}}}}");
        client.send(RawClient.request(2, "CookieHint", ""));
        assertThat(client.receive()).startsWith("{\"request_id\":2,\"message\":{\"Ok\":{\"CookieHint\":{\"Ok\":");
    }

    @Test
    void aMissingTokenIsNamedAndAWrongOneRefused() throws IOException {
        RawClient client = connect();
        byte[] wrong = COOKIE.clone();
        wrong[31] ^= 1;

        client.send(RawClient.request(1, "Ban", "\"ip\":\"/ip4/1.2.3.4\""));
        assertThat(client.receive())
                .isEqualTo(
                        "{\"request_id\":1,\"message\":{\"Err\":{\"kind\":11,\"detail\":\"argument token is missing\"}}}");
        assertThat(client.call("Ban", wrong, ",\"ip\":\"/ip4/1.2.3.4\""))
                .isEqualTo("{\"Ok\":{\"Ban\":{\"Err\":{\"Auth\":\"InvalidCookie\"}}}}");
        assertThat(client.call("Send", wrong)).isEqualTo("{\"Ok\":{\"Send\":{\"Err\":{\"Auth\":\"InvalidCookie\"}}}}");
        assertThat(node.orders).isEmpty();
    }

    @Test
    void anUnknownMethodIsAFrameworkErrorAndTheConnectionStays() throws IOException {
        RawClient client = connect();

        assertThat(client.call("block_height", COOKIE))
                .isEqualTo("{\"Err\":{\"kind\":11,\"detail\":\"unknown method block_height\"}}");
        assertThat(client.call("BlockHeight", COOKIE)).isEqualTo("{\"Ok\":{\"BlockHeight\":{\"Ok\":0}}}");
    }

    @Test
    void theLargestIdIsEchoed() throws IOException {
        RawClient client = connect();

        client.send(RawClient.request(-1, "BlockHeight", TOKEN));
        assertThat(client.receive()).isEqualTo(height("18446744073709551615"));
    }

    @Test
    void membersMayComeInAnyOrderAndUnknownOnesAreSkipped() throws IOException {
        RawClient client = connect();

        client.send("{\"Request\":{\"more\":[{}],\"message\":{\"BlockHeight\":{\"extra\":{\"a\":[1]}," + TOKEN
                + "}},\"id\":3,\"context\":{\"trace_context\":{\"span_id\":18446744073709551615}}}}");
        assertThat(client.receive()).isEqualTo(height("3"));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void aPayloadThatDoesNotParseEndsTheConnection(String payload) throws IOException {
        RawClient client = connect();

        client.send(payload);
        assertThat(client.isClosedByServer()).isTrue();
        assertStillServing();
    }

    private static List<String> nonsense() {
        String context = "\"context\":{\"deadline\":{\"secs\":9,\"nanos\":0}}";
        String call = "{\"BlockHeight\":{" + TOKEN + "}}";
        return List.of(
                "",
                " ",
                "null",
                "7",
                "[]",
                "{}",
                "{",
                "not json",
                "\u0000",
                "{\"Request\":{}}",
                "{\"Request\":null}",
                "{\"Request\":[" + context + ",1," + call + "]}",
                "{\"Hello\":{}}",
                "{\"Cancel\":{}}",
                "{\"Cancel\":{\"request_id\":\"1\"}}",
                "{\"Cancel\":{\"request_id\":1},\"Cancel2\":{}}",
                "{\"Cancel\":{\"request_id\":1}} {}",
                "{\"Request\":{" + context + ",\"message\":" + call + "}}",
                "{\"Request\":{" + context + ",\"id\":1}}",
                "{\"Request\":{" + context + ",\"id\":1,\"message\":{}}}",
                "{\"Request\":{" + context + ",\"id\":1,\"message\":{\"BlockHeight\":[]}}}",
                "{\"Request\":{" + context + ",\"id\":1,\"message\":{\"Freeze\":{},\"Unfreeze\":{}}}}",
                "{\"Request\":{" + context + ",\"id\":18446744073709551616,\"message\":" + call + "}}",
                "{\"Request\":{" + context + ",\"id\":-1,\"message\":" + call + "}}",
                "{\"Request\":{" + context + ",\"id\":1.0,\"message\":" + call + "}}",
                "{\"Request\":{" + context + ",\"id\":" + "9".repeat(1000) + ",\"message\":" + call + "}}",
                "{\"Request\":{" + context + ",\"id\":1,\"id\":2,\"message\":" + call + "}}",
                "{\"Request\":{\"context\":{\"deadline\":{\"secs\":1,\"nanos\":1000000000}},\"id\":1,\"message\":"
                        + call + "}}",
                "{\"Request\":{" + context + ",\"id\":1,\"message\":{\"BlockHeight\":{\"token\":{\"Cookie\":[1,2]}}}}}",
                "{\"Request\":{" + context + ",\"id\":1,\"message\":{\"BlockHeight\":{\"token\":{\"Cookie\":["
                        + "256,".repeat(31) + "0]}}}}}",
                "{\"Request\":{" + context + ",\"id\":1,\"message\":{\"BlockHeight\":{\"token\":{\"Cookie\":["
                        + "0,".repeat(32) + "0]}}}}}",
                "{\"Request\":{" + context + ",\"id\":1,\"message\":{\"BlockHeight\":{\"token\":{\"Biscuit\":[]}}}}}",
                "{\"Request\":{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}}",
                "{\"Request\":{\"" + "n".repeat(1000) + "\":1}}");
    }

    @Test
    void anOversizedFrameIsRefusedWhenItIsAnnounced() throws IOException {
        RawClient justTooLong = connect();
        RawClient negative = connect();

        justTooLong.sendBytes(0x00, 0x10, 0x00, 0x01);
        negative.sendBytes(0xFF, 0xFF, 0xFF, 0xFF);

        assertThat(justTooLong.isClosedByServer()).isTrue();
        assertThat(negative.isClosedByServer()).isTrue();
        assertStillServing();
    }

    @Test
    void theLongestFrameIsTaken() throws IOException {
        RawClient client = connect();
        String request = RawClient.request(1, "BlockHeight", TOKEN);

        client.send(request + " ".repeat((1 << 20) - request.length()));
        assertThat(client.receive()).isEqualTo(height("1"));
    }

    @Test
    void halfAFrameIsForgotten() throws IOException {
        RawClient client = connect();

        client.sendBytes(0, 0, 0, 9, '{');
        assertThat(client.finish()).isEmpty();
        assertStillServing();
    }

    @Test
    void aClientThatNeverFinishesAFrameIsClosed() throws IOException {
        startWith(new RpcLimits(1 << 20, 8 << 20, 5, 10, 4, LONG, LONG, Duration.ofMillis(50)));
        RawClient client = connect();

        client.sendBytes(0, 0);
        assertThat(client.isClosedByServer()).isTrue();
        assertStillServing();
    }

    @Test
    void aClientThatSaysNothingIsClosed() throws IOException {
        startWith(new RpcLimits(1 << 20, 8 << 20, 5, 10, 4, Duration.ofMillis(50), LONG, LONG));

        assertThat(connect().isClosedByServer()).isTrue();
    }

    @Test
    void aClientThatSaysNothingMoreIsClosed() throws IOException {
        startWith(new RpcLimits(1 << 20, 8 << 20, 5, 10, 4, LONG, Duration.ofMillis(50), LONG));
        RawClient client = connect();

        assertThat(client.call("BlockHeight", COOKIE)).isEqualTo("{\"Ok\":{\"BlockHeight\":{\"Ok\":0}}}");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void aClientThatNeverReadsIsClosed() throws IOException {
        startWith(new RpcLimits(1 << 20, 8 << 20, 5, 10, 4, LONG, LONG, Duration.ofMillis(200)));
        RawClient client = connect();
        String request = RawClient.request(1, "Header", TOKEN + ",\"block_selector\":\"tip\"");

        // More answers than all buffers between the two hold; the server stops, and then so does the client.
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000_000; i++) {
                        client.send(request.replace("\"id\":1", "\"id\":" + i));
                    }
                })
                .isInstanceOf(IOException.class);
        assertStillServing();
    }

    @Test
    void aSixthConnectionFromOneAddressIsClosed() throws IOException {
        for (int i = 0; i < 5; i++) {
            assertStillServing();
        }
        assertThat(connect().isClosedByServer()).isTrue();
        assertThat(clients.getFirst().call("BlockHeight", COOKIE)).isEqualTo("{\"Ok\":{\"BlockHeight\":{\"Ok\":0}}}");
    }

    @Test
    void aConnectionThatLeavesMakesRoom() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (RawClient client = new RawClient(server.port())) {
                assertThat(client.call("BlockHeight", COOKIE)).isEqualTo("{\"Ok\":{\"BlockHeight\":{\"Ok\":0}}}");
                assertThat(client.finish()).isEmpty();
            }
        }
    }

    @Test
    void answersOvertakeASlowOne() throws IOException {
        node.blocking = true;
        RawClient client = connect();

        client.send(RawClient.request(1, "Freeze", TOKEN));
        client.send(RawClient.request(2, "BlockHeight", TOKEN));
        assertThat(client.receive()).isEqualTo(height("2"));
        node.released.countDown();
        assertThat(client.receive()).isEqualTo("{\"request_id\":1,\"message\":{\"Ok\":{\"Freeze\":{\"Ok\":null}}}}");
    }

    @Test
    void aCancelledRequestGetsNoAnswer() throws IOException {
        node.blocking = true;
        RawClient client = connect();

        client.send(RawClient.request(1, "Freeze", TOKEN));
        FakeNode.await(node.reached);
        client.send("{\"Cancel\":{\"trace_context\":{},\"request_id\":1}}");
        client.send(RawClient.request(2, "BlockHeight", TOKEN));
        assertThat(client.receive()).isEqualTo(height("2"));
        node.released.countDown();
        assertThat(client.finish()).isEmpty();
    }

    @Test
    void cancellingAnUnknownRequestDoesNothing() throws IOException {
        RawClient client = connect();

        client.send("{\"Cancel\":{\"request_id\":18446744073709551615}}");
        client.send(RawClient.request(2, "BlockHeight", TOKEN));
        assertThat(client.receive()).isEqualTo(height("2"));
    }

    @Test
    void aRequestPastItsDeadlineIsDropped() throws IOException {
        RawClient client = connect();

        client.send("{\"Request\":{\"context\":{\"deadline\":{\"secs\":0,\"nanos\":0}},\"id\":1,"
                + "\"message\":{\"Unfreeze\":{" + TOKEN + "}}}}");
        client.send(RawClient.request(2, "BlockHeight", TOKEN));
        assertThat(client.finish()).containsExactly(height("2"));
        assertThat(node.orders).isEmpty();
    }

    @Test
    void aDeadlineOfAgesIsNoFault() throws IOException {
        RawClient client = connect();

        client.send("{\"Request\":{\"context\":{\"deadline\":{\"secs\":18446744073709551615,\"nanos\":999999999}},"
                + "\"id\":1,\"message\":{\"BlockHeight\":{" + TOKEN + "}}}}");
        assertThat(client.receive()).isEqualTo(height("1"));
    }

    @Test
    void aSecondRequestWithTheIdOfOneAtWorkIsIgnored() throws IOException {
        node.blocking = true;
        RawClient client = connect();

        client.send(RawClient.request(1, "Freeze", TOKEN));
        FakeNode.await(node.reached);
        client.send(RawClient.request(1, "BlockHeight", TOKEN));
        client.send(RawClient.request(2, "BlockHeight", TOKEN));
        assertThat(client.receive()).isEqualTo(height("2"));
        node.released.countDown();
        assertThat(client.finish())
                .containsExactly("{\"request_id\":1,\"message\":{\"Ok\":{\"Freeze\":{\"Ok\":null}}}}");
    }

    @Test
    void anAnswerLongerThanClientsTakeIsReplaced() throws IOException {
        startWith(new RpcLimits(1 << 20, 1000, 5, 10, 4, LONG, LONG, LONG));

        assertThat(connect().call("Header", COOKIE, ",\"block_selector\":\"tip\""))
                .isEqualTo("{\"Err\":{\"kind\":16,\"detail\":\"the answer is longer than clients take\"}}");
    }

    @Test
    void closingEndsAllConnectionsAndFreesThePort() throws IOException {
        RawClient client = connect();
        client.call("BlockHeight", COOKIE);
        int port = server.port();

        server.close();

        assertThat(client.isClosedByServer()).isTrue();
        server = NeptuneRpcServer.start(
                new RpcSettings(port, directory, true, 10),
                node,
                chain.state(),
                (_, _) -> {},
                new FixedCookie(COOKIE),
                Optional::empty);
        assertThat(server.port()).isEqualTo(port);
    }
}
