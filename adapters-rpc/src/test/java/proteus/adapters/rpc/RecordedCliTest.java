package proteus.adapters.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerConnection;
import proteus.domain.network.Network;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerStanding;
import proteus.domain.peer.PeerTime;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Sends what neptune-cli 0.19.4 sent to neptune-core 0.19.4 on regtest, and compares the answers byte for byte.
 *
 * <p>The recording holds one exchange for each command, and of the cookie hint, which starts each of them, only the
 * first. The data directory is replaced by a word.
 */
class RecordedCliTest {

    private static final String RECORDING = "neptune-cli-0.19.4.jsonl";
    private static final Pattern COOKIE = Pattern.compile("\"Cookie\":\\[([0-9,]+)]");
    private static final Pattern METHOD = Pattern.compile("\"message\":\\{\"([A-Za-z]+)\"");

    private static final String UNSUPPORTED = "{\"Err\":{\"Failed\":\"not supported by this node\"}}";

    /** Where this node answers otherwise, as it must or may: the method, and what stands for it. */
    private static final Map<String, String> DIFFERENCES = Map.ofEntries(
            Map.entry("ConfirmedAvailableBalance", UNSUPPORTED),
            Map.entry("WalletStatus", UNSUPPORTED),
            Map.entry("ProbeNat", UNSUPPORTED),
            Map.entry("ResetRelayReservations", UNSUPPORTED),
            // What an empty map of theirs takes.
            Map.entry("MempoolSize", "{\"Ok\":0}"),
            Map.entry(
                    "GetNetworkOverview",
                    "{\"Ok\":{\"nat_status\":\"unknown\",\"reachability_state\":\"Unknown\",\"external_addresses\":[],"
                            + "\"connection_count\":1,\"connection_limit\":10,\"num_active_relays\":0,"
                            + "\"peer_id\":\"OWN_ID\",\"address_book_size\":3,\"num_banned_peers\":2}}"));

    @TempDir
    private Path directory;

    private record Exchange(String request, String answer) {}

    @Test
    void recordedRequestsGetTheRecordedAnswers() throws IOException {
        List<Exchange> exchanges = recording();
        FakeNode node = new FakeNode();
        node.peers = List.of(recordedPeer());
        RpcSettings settings = new RpcSettings(0, directory, true, 10);
        try (TestChain chain = new TestChain(new Network.RegTest());
                NeptuneRpcServer server = NeptuneRpcServer.start(
                        settings,
                        node,
                        chain.state(),
                        (_, _) -> {},
                        new FixedCookie(cookie(exchanges)),
                        Optional::empty);
                RawClient client = new RawClient(server.port())) {
            for (Exchange exchange : exchanges) {
                client.send(exchange.request);
                if (exchange.request.contains("/dns4/")) {
                    assertThat(client.receive()).contains("{\"Dial\":{\"Err\":{\"Failed\":");
                    continue;
                }
                assertThat(client.receive()).isEqualTo(expected(exchange, node));
            }
        }
        assertThat(exchanges).hasSize(45);
        assertThat(node.orders)
                .containsExactly(
                        "freeze",
                        "unfreeze",
                        "ban 10.1.2.3",
                        "ban 127.0.0.1",
                        "ban 2001:db8::1",
                        "unban 10.1.2.3",
                        "unban all",
                        "dial 127.0.0.1:1 EITHER",
                        "clear 127.0.0.1",
                        "clear all",
                        "mine 1",
                        "shutdown");
    }

    private String expected(Exchange exchange, FakeNode node) {
        Matcher method = METHOD.matcher(exchange.request);
        assertThat(method.find()).isTrue();
        String ownId = PeerId.ofLegacy(node.ownListenAddress().orElseThrow()).toString();
        String difference = DIFFERENCES.get(method.group(1));
        if (difference == null) {
            return exchange.answer
                    .replace("DATA_DIRECTORY", directory.toString())
                    .replace("\"is_archival_node\":true", "\"is_archival_node\":true," + layers());
        }
        String id = exchange.answer.substring(0, exchange.answer.indexOf(','));
        return id + ",\"message\":{\"Ok\":{\"" + method.group(1) + "\":" + difference.replace("OWN_ID", ownId) + "}}}";
    }

    /** What this node says of a peer beside what upstream says. */
    private static String layers() {
        PeerId id = recordedPeer().connection().peerId();
        return "\"stack\":\"libp2p\",\"transport\":\"tcp\",\"security\":\"/tls/1.0.0\",\"muxer\":\"/yamux/1.0.0\","
                + "\"peer_id\":\"" + id + "\",\"agent\":\"neptune-cash/0.19.4\","
                + "\"session\":\"/id/stream-gateway-handshake/2.0\","
                + "\"protocols\":[\"/id/stream-gateway-handshake/2.0\"],\"contested\":false";
    }

    private static ConnectedPeer recordedPeer() {
        PeerAddress address = new PeerAddress(IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1), 55_996);
        HandshakeData handshake = new HandshakeData(
                FakeNode.genesisHeader(),
                Optional.empty(),
                new Network.RegTest(),
                FakeNode.instanceId("191259005612929539154927447591053403571"),
                "0.19.4",
                true,
                false,
                new PeerTime(1_795_536_254, 974_641_250),
                "");
        PeerConnection.Description description = new PeerConnection.Description(
                Carrier.LIBP2P_TCP,
                Direction.INBOUND,
                address,
                PeerId.ofLegacy(address),
                handshake,
                FakeNode.moment(1_795_536_254, 977_632_191),
                FakeNode.moment(1_795_536_255, 0));
        return new ConnectedPeer(
                description,
                new PeerConnection.Layers(
                        Optional.of("/tls/1.0.0"),
                        Optional.of("/yamux/1.0.0"),
                        List.of("/id/stream-gateway-handshake/2.0"),
                        Optional.of("neptune-cash/0.19.4"),
                        Optional.of("/id/stream-gateway-handshake/2.0")),
                false,
                PeerStanding.neutral(PeerStanding.DEFAULT_TOLERANCE),
                new PeerConnection.Traffic(0, 0, 0, 0),
                0,
                FakeNode.moment(1_795_536_255, 0));
    }

    private static byte[] cookie(List<Exchange> exchanges) {
        Matcher cookie = COOKIE.matcher(exchanges.getLast().request);
        assertThat(cookie.find()).isTrue();
        String[] numbers = cookie.group(1).split(",", -1);
        byte[] bytes = new byte[numbers.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(numbers[i]);
        }
        return bytes;
    }

    private static List<Exchange> recording() throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        JsonFactory factory = new JsonFactory();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(RecordedCliTest.class.getResourceAsStream(RECORDING)),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                exchanges.add(exchange(factory, line));
            }
        }
        return exchanges;
    }

    private static Exchange exchange(JsonFactory factory, String line) {
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), line)) {
            json.nextToken();
            json.nextName();
            String request = json.nextStringValue();
            json.nextName();
            return new Exchange(request, json.nextStringValue());
        }
    }
}
