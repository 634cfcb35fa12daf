package proteus.adapters.rpc.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.adapters.rpc.FakeNode;
import proteus.adapters.rpc.TestChain;
import proteus.application.contract.ComposedChain;
import proteus.application.contract.Descriptions;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.application.port.MigrationControl;
import proteus.application.port.MoveOutcome;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerKey;
import proteus.application.port.Rollout;
import proteus.domain.network.Network;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerStanding;

@Timeout(60)
class JsonRpcServerTest {

    private static final String ID = "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";
    private static final Network MOCK = new Network.TestnetMock();
    private static final ComposedChain CHAIN = ComposedChain.of(MOCK).grow(5, 1);
    private static final ComposedChain FORK = CHAIN.forkAt(3).grow(1, 2);
    private static final PeerAddress ANY_PORT =
            new PeerAddress(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), 0);
    private static final String PARSE_ERROR =
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"Parse error\"}}";
    private static final String NOT_FOUND = "\"error\":{\"code\":-32601,\"message\":\"Method not found\"}";
    private static final String INVALID_PARAMS = "\"error\":{\"code\":-32602,\"message\":\"Invalid params\"}";
    private static final String RESTRICTED =
            "\"error\":{\"code\":-32000,\"message\":\"Server error\",\"data\":\"RestrictedAccess\"}";

    private final FakeNode node = new FakeNode();
    private final TestChain chain = new TestChain(MOCK).with(CHAIN.plain(1, 5)).with(FORK.plain(4, 4));
    private JsonRpcServer server;
    private HttpCaller caller;

    @BeforeEach
    void start() throws IOException {
        serve(EnumSet.allOf(RpcModule.class), false, JsonRpcLimits.DEFAULT);
    }

    private void serve(Set<RpcModule> modules, boolean unrestricted, JsonRpcLimits limits) throws IOException {
        JsonRpcSettings settings = new JsonRpcSettings(ANY_PORT, modules, unrestricted, 10);
        server = JsonRpcServer.start(settings, limits, node, chain.state());
        caller = new HttpCaller(server.address().port());
    }

    private void serveAgain(Set<RpcModule> modules, boolean unrestricted, JsonRpcLimits limits) throws IOException {
        server.close();
        serve(modules, unrestricted, limits);
    }

    @AfterEach
    void stop() {
        server.close();
        chain.close();
    }

    @Test
    void aCallIsAnsweredInItsEnvelope() throws Exception {
        HttpCaller.Response answer =
                caller.post("{\"jsonrpc\":\"2.0\",\"method\":\"chain_height\",\"params\":[],\"id\":1}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).contains("application/json");
        assertThat(answer.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"height\":5}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "-7",
                "18446744073709551616",
                "1.5e3",
                "\"a \\\"b\\\"\"",
                "null",
                "true",
                "[1,{\"a\":[]}]",
                "{\"a\":{\"b\":null}}"
            })
    void everyIdIsRepeated(String id) throws Exception {
        String answer = caller.post("{\"method\":\"chain_height\",\"params\":[],\"id\":" + id + "}")
                .body();

        assertThat(answer).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"height\":5}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"method\":\"chain_height\",\"params\":[]}",
                "{\"method\":\"chain_height\",\"params\":[],\"jsonrpc\":null,\"more\":[1]}",
                "{\"method\":\"chain_height\",\"params\":[],\"jsonrpc\":\"1.0\"}",
                "[null,\"chain_height\",[],null]"
            })
    void envelopesThatAreGoodEnough(String body) throws Exception {
        assertThat(caller.post(body).body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":{\"height\":5}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "nonsense",
                "17",
                "null",
                "{}",
                "{\"method\":\"chain_height\",\"id\":1}",
                "{\"params\":[],\"id\":1}",
                "{\"method\":1,\"params\":[],\"id\":1}",
                "{\"method\":\"chain_height\",\"params\":[],\"jsonrpc\":2}",
                "[{\"method\":\"chain_height\",\"params\":[],\"id\":1}]",
                "[\"2.0\",\"chain_height\",[]]",
                "{\"method\":\"chain_height\",\"params\":[],\"id\":1} x"
            })
    void whatIsNoRequestIsAParseError(String body) throws Exception {
        HttpCaller.Response answer = caller.post(body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(PARSE_ERROR);
    }

    @Test
    void deepNestingIsAParseErrorAndNoOverflow() throws Exception {
        String deep = "[".repeat(500_000) + "]".repeat(500_000);

        assertThat(caller.post("{\"method\":\"chain_height\",\"params\":" + deep + "}")
                        .body())
                .isEqualTo(PARSE_ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "chain_height;{}",
                "chain_height;null",
                "chain_height;[1]",
                "chain_height;\"\"",
                "archival_getBlock;[]",
                "archival_getBlock;[1,2]",
                "archival_getBlock;[-1]",
                "archival_getBlock;[1.5]",
                "archival_getBlock;[18446744073709551616]",
                "archival_getBlock;[\"5\"]",
                "archival_getBlock;[\"Tip\"]",
                "archival_getBlock;[\"abcd\"]",
                "archival_getBlock;[null]",
                "archival_isBlockCanonical;[5]",
                "archival_getUtxoDigest;[\"tip\"]",
                "archival_findUtxoOrigin;[5]",
                "archival_areBloomIndicesSet;[{\"minimum\":1}]",
                "archival_areBloomIndicesSet;[{\"minimum\":1,\"distances\":[1,2]}]",
                "archival_batchAreBloomIndicesSet;[{}]",
                "archival_utxoOriginFromAbsoluteIndices;[[1]]"
            })
    void paramsOfTheWrongShapeAreInvalid(String method, String params) throws Exception {
        assertThat(caller.call(method, params)).isEqualTo(INVALID_PARAMS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chain_crash",
                "height",
                "",
                "Chain_height",
                "mempool_transactions",
                "mining_getBlockTemplate",
                "wallet_getBlocks",
                "personal_unspentUtxos",
                "utxoindex_wasMined"
            })
    void whatIsNotServedIsNotFoundWhateverTheParams(String method) throws Exception {
        assertThat(caller.call(method, "{}")).isEqualTo(NOT_FOUND);
    }

    @Test
    void onlyTheModulesThatAreAskedForAreServed() throws Exception {
        serveAgain(Set.of(RpcModule.NODE), true, JsonRpcLimits.DEFAULT);

        assertThat(caller.call("node_network", "[]"))
                .isEqualTo("\"result\":{\"network\":\"testnet-mock\"}"
                        .replace("testnet-mock", node.network().id()));
        assertThat(caller.call("chain_height", "[]")).isEqualTo(NOT_FOUND);
        assertThat(caller.call("archival_maxSupply", "[]")).isEqualTo(NOT_FOUND);
    }

    @Test
    void blocksAreFoundByEveryName() throws Exception {
        String orphan = FORK.tip().digest().toHex();
        String atFour = CHAIN.blocks().get(4).digest().toHex();

        assertThat(caller.call("archival_getBlockDigest", "[4]"))
                .isEqualTo("\"result\":{\"digest\":\"" + atFour + "\"}");
        assertThat(caller.call("archival_getBlockDigest", "[6]")).isEqualTo("\"result\":{\"digest\":null}");
        // Names itself, though there is no such block.
        assertThat(caller.call("archival_getBlockDigest", "[\"" + "0".repeat(80) + "\"]"))
                .isEqualTo("\"result\":{\"digest\":\"" + "0".repeat(80) + "\"}");
        assertThat(caller.call("archival_getBlock", "[\"" + "0".repeat(80) + "\"]"))
                .isEqualTo("\"result\":{\"block\":null}");
        assertThat(caller.call("archival_getBlockHeader", "[\"" + orphan + "\"]"))
                .contains("\"height\":4,");
        assertThat(caller.call("archival_getBlockDigests", "[4]")).contains(orphan, atFour);
        assertThat(caller.call("archival_isBlockCanonical", "[\"" + orphan + "\"]"))
                .isEqualTo("\"result\":{\"canonical\":false}");
        assertThat(caller.call("archival_isBlockCanonical", "[\"" + atFour + "\"]"))
                .isEqualTo("\"result\":{\"canonical\":true}");
        assertThat(caller.call("archival_getBlockProof", "[\"genesis\"]")).isEqualTo("\"result\":{\"proof\":null}");
        assertThat(caller.call("chain_tip", "[]"))
                .isEqualTo(caller.call("archival_getBlock", "[\"tip\"]"))
                .startsWith("\"result\":{\"block\":{\"kernel\":{\"header\":{\"version\":0,\"height\":5,");
    }

    @Test
    void tooManySetsAreToldApart() throws Exception {
        String set = "{\"minimum\":1,\"distances\":[" + "0,".repeat(44) + "0]}";
        String many = "[[" + (set + ",").repeat(1000) + set + "]]";

        assertThat(caller.call("archival_batchAreBloomIndicesSet", many))
                .isEqualTo("\"error\":{\"code\":-32000,\"message\":\"Server error\","
                        + "\"data\":{\"TooManyAbsoluteIndexSets\":{\"max\":1000,\"got\":1001}}}");
        assertThat(caller.call("archival_batchAreBloomIndicesSet", "[[" + set + "," + set + "]]"))
                .isEqualTo("\"result\":{\"areSet\":[false,false]}");
        assertThat(caller.call("archival_batchAreBloomIndicesSet", "[[]]")).isEqualTo("\"result\":{\"areSet\":[]}");
    }

    @Test
    void theNetworkIsForThoseWhoMayDoEverything() throws Exception {
        assertThat(caller.call("network_networkOverview", "[]")).isEqualTo(RESTRICTED);
        assertThat(caller.call("network_peers", "[]")).isEqualTo(RESTRICTED);
        assertThat(caller.call("network_probeNat", "[]")).isEqualTo(RESTRICTED);
        assertThat(caller.call("network_ban", "[\"/ip4/1.2.3.4\"]")).isEqualTo(RESTRICTED);
        assertThat(caller.call("network_ban", "[\"1.2.3.4\"]")).isEqualTo(INVALID_PARAMS);
        assertThat(node.orders).isEmpty();

        serveAgain(Set.of(RpcModule.NETWORK), true, JsonRpcLimits.DEFAULT);

        assertThat(caller.call("network_ban", "[\"/ip4/1.2.3.4\"]")).isEqualTo("\"result\":{}");
        assertThat(caller.call("network_unban", "[\"/ip4/1.2.3.4\"]")).isEqualTo("\"result\":{}");
        assertThat(caller.call("network_unbanAll", "[]")).isEqualTo("\"result\":{}");
        assertThat(caller.call("network_probeNat", "[]")).isEqualTo(NOT_FOUND);
        assertThat(caller.call("network_resetRelayReservations", "[]")).isEqualTo(NOT_FOUND);
        assertThat(caller.call("network_dial", "[\"/ip4/1.2.3.4/tcp/9801\"]")).isEqualTo("\"result\":{}");
        assertThat(caller.call("network_networkOverview", "[1]")).isEqualTo(INVALID_PARAMS);
        assertThat(node.orders)
                .containsExactly("ban 1.2.3.4", "unban 1.2.3.4", "unban all", "dial 1.2.3.4:9801 EITHER");
    }

    @Test
    void theOverviewHasTheMembersOfUpstream() throws Exception {
        serveAgain(Set.of(RpcModule.NETWORK), true, JsonRpcLimits.DEFAULT);
        String start = "\"result\":{\"networkOverview\":{\"natStatus\":\"unknown\",\"reachabilityState\":\"unknown\","
                + "\"externalAddresses\":[],\"connectionCount\":0,\"connectionLimit\":10,\"numActiveRelays\":0,"
                + "\"peerId\":\"";
        String end = "\",\"addressBookSize\":3,\"numBannedPeers\":2}}";
        PeerId standIn = PeerId.ofLegacy(node.listenAddress.orElseThrow());

        assertThat(caller.call("network_networkOverview", "[]")).isEqualTo(start + standIn + end);

        node.peerId = PeerId.parse(ID);
        assertThat(caller.call("network_networkOverview", "[]")).isEqualTo(start + ID + end);
    }

    @Test
    void everyPeerIsListedWithWhatTheMigrationMakesOfIt() throws Exception {
        serveAgain(Set.of(RpcModule.NETWORK), true, JsonRpcLimits.DEFAULT);
        ConnectedPeer legacy = peer(Carrier.LEGACY_TCP, 9798);
        ConnectedPeer quic = peer(Carrier.LIBP2P_QUIC, 9800);
        node.peers = List.of(legacy, quic);
        node.migration.status = new MigrationControl.Status(
                Rollout.DEFAULT,
                false,
                Map.of(),
                0,
                0,
                List.of(new MigrationControl.PeerStatus(
                        new PeerKey.OfAddress(legacy.connection().address()),
                        legacy.connection().address(),
                        Carrier.LEGACY_TCP,
                        false,
                        "not in the share of \"25\" %",
                        1,
                        7,
                        Optional.of(MoveOutcome.LATER),
                        Optional.of(Instant.ofEpochMilli(1_800_000_000_001L)))));

        String peers = caller.call("network_peers", "[]");

        String legacyId = PeerId.ofLegacy(legacy.connection().address()).toString();
        assertThat(peers)
                .startsWith("\"result\":{\"peers\":[{\"address\":\"/ip4/10.0.0.7/tcp/9798\",\"peerId\":\"" + legacyId
                        + "\",\"stack\":\"legacy\",\"transport\":\"tcp\",\"direction\":\"outbound\",")
                .contains(
                        "\"security\":null,\"muxer\":null,\"agent\":null,\"session\":null,\"height\":12,\"since\":1799999999000,"
                                + "\"standing\":0,\"tolerance\":1000,\"contested\":true,\"traffic\":{\"messagesIn\":1,"
                                + "\"bytesIn\":20,\"messagesOut\":3,\"bytesOut\":9000000000},\"migration\":"
                                + "{\"key\":\"10.0.0.7:9798\",\"state\":\"not in the share of \\\"25\\\" %\",\"movedByUs\":false,"
                                + "\"moves\":1,\"attempts\":7,\"lastOutcome\":\"later\",\"notBefore\":1800000000001}},"
                                + "{\"address\":\"/ip4/10.0.0.7/udp/9800/quic-v1\"")
                // The other one moves just now.
                .endsWith("\"migration\":null}]}");
    }

    private static ConnectedPeer peer(Carrier carrier, int port) {
        PeerAddress address = new PeerAddress(IpAddress.of((byte) 10, (byte) 0, (byte) 0, (byte) 7), port);
        return new ConnectedPeer(
                new PeerConnection.Description(
                        carrier,
                        Direction.OUTBOUND,
                        address,
                        PeerId.ofLegacy(address),
                        Descriptions.handshake(7),
                        Instant.EPOCH,
                        Instant.EPOCH),
                PeerConnection.Layers.NONE,
                true,
                PeerStanding.neutral(1000),
                new PeerConnection.Traffic(1, 20, 3, 9_000_000_000L),
                12,
                Instant.ofEpochMilli(1_799_999_999_000L));
    }

    @Test
    void aStoreThatFailsIsAnInternalError() throws Exception {
        chain.breakStore();

        assertThat(caller.call("archival_getBlock", "[1]"))
                .isEqualTo("\"error\":{\"code\":-32603,\"message\":\"Internal error\"}");
        assertThat(caller.call("chain_height", "[]")).isEqualTo("\"result\":{\"height\":5}");
    }

    @Test
    void longBodiesAreRefusedAndNotRead() throws Exception {
        String call = "{\"method\":\"chain_height\",\"params\":[],\"id\":3}";
        String full = call + " ".repeat((1 << 20) - call.length());

        assertThat(caller.post(full).body()).contains("\"result\"");
        assertThat(caller.post(full + " ").body())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":-32606,"
                        + "\"message\":\"Request body too big. Max: 1048576; got: 1048577\"}}");
        // Whoever only announces such a body is answered at once.
        assertThat(caller.raw("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .containsIgnoringCase("connection: close")
                .contains("\"id\":null,", "Request body too big. Max: 1048576; got: 99999999");
        assertThat(caller.post("1".repeat(1 << 20) + "x".repeat(1 << 14)).body())
                .isEqualTo(PARSE_ERROR);
    }

    @Test
    void aBodyInPiecesIsTakenAndCutOffWhereItIsTooLong() throws Exception {
        String head = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
        String call = "{\"method\":\"chain_height\",\"params\":[]}";

        assertThat(caller.raw(head + Integer.toHexString(call.length()) + "\r\n" + call + "\r\n0\r\n\r\n"))
                .contains("{\"height\":5}");
        assertThat(caller.raw(head + "200000\r\n" + " ".repeat(0x200000) + "\r\n0\r\n\r\n"))
                .contains("Request body too big. Max: 1048576; got: ");
    }

    @Test
    void httpItselfIsKept() throws Exception {
        assertThat(caller.send("GET", "/", "").status()).isEqualTo(405);
        assertThat(caller.send("GET", "/", "").allow()).contains("POST");
        assertThat(caller.send("PUT", "/", "{}").status()).isEqualTo(405);
        assertThat(caller.send("POST", "/rpc", "{}").status()).isEqualTo(404);
        assertThat(caller.send("GET", "/rpc", "").status()).isEqualTo(404);
        assertThat(caller.raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void pagesOfOthersAreKeptAway() throws Exception {
        String body = "{\"method\":\"chain_height\",\"params\":[]}";
        String end = "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;

        assertThat(caller.raw("POST / HTTP/1.1\r\nHost: example.com\r\n" + end)).startsWith("HTTP/1.1 403 ");
        assertThat(caller.raw("POST / HTTP/1.1\r\nHost: localhost\r\nOrigin: http://example.com\r\n" + end))
                .startsWith("HTTP/1.1 403 ");
        assertThat(caller.raw("POST / HTTP/1.1\r\nHost: localhost\r\n" + end)).contains("{\"height\":5}");
    }

    @Test
    void aBodyThatComesTooSlowlyEndsTheConnection() throws Exception {
        JsonRpcLimits usual = JsonRpcLimits.DEFAULT;
        HttpLimits http = usual.http();
        serveAgain(
                Set.of(RpcModule.CHAIN),
                false,
                new JsonRpcLimits(
                        new HttpLimits(
                                http.maxRead(),
                                http.maxConnections(),
                                http.head(),
                                Duration.ofMillis(300),
                                http.write(),
                                http.leave()),
                        usual.maxBody(),
                        usual.maxSearches(),
                        usual.search()));

        assertThat(caller.raw("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{"))
                .isEmpty();
    }

    @Test
    void aPortThatIsTakenIsTold() {
        JsonRpcSettings same = new JsonRpcSettings(server.address(), Set.of(), false, 10);

        assertThatThrownBy(() -> JsonRpcServer.start(same, node, chain.state()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(server.address().toString());
    }

    @Test
    void closingTwiceIsClosing() {
        server.close();
        server.close();

        assertThatThrownBy(() -> caller.call("chain_height", "[]")).isInstanceOf(IOException.class);
    }
}
