package proteus.adapters.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.adapters.rpc.value.Multiaddress;
import proteus.application.port.Carrier;
import proteus.application.port.Direction;
import proteus.application.port.NodeControl.ConnectedPeer;
import proteus.application.port.PeerConnection;
import proteus.domain.block.BlockHeight;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.HandshakeData;
import proteus.domain.peer.NegativePeerSanction;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;
import proteus.domain.peer.PeerStanding;
import proteus.domain.peer.PeerTime;
import proteus.domain.peer.PositivePeerSanction;

/** What each method answers and orders, over a socket. */
class MethodsTest {

    private static final String PEER_ID = "12D3KooWLoRcCLJvPw8u5G3TwkFkxaFgstULo189T4GN3ojy8NXF";
    private static final byte[] COOKIE = new byte[RpcCookie.BYTES];
    private static final String ZEROS = "0".repeat(80);

    @TempDir
    private Path directory;

    private final FakeNode node = new FakeNode();
    private final TestChain chain = new TestChain(new Network.RegTest());
    private String levels = "";
    private NeptuneRpcServer server;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        server = NeptuneRpcServer.start(
                new RpcSettings(0, directory, true, 10),
                node,
                chain.state(),
                (logger, level) -> levels += logger + "=" + level + ";",
                new FixedCookie(COOKIE),
                Optional::empty);
        client = new RawClient(server.port());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
        chain.close();
    }

    private String call(String method) throws IOException {
        return client.call(method, COOKIE);
    }

    private String call(String method, String arguments) throws IOException {
        return client.call(method, COOKIE, "," + arguments);
    }

    private static String ok(String method, String result) {
        return "{\"Ok\":{\"" + method + "\":{\"Ok\":" + result + "}}}";
    }

    private static String failed(String method, String text) {
        return "{\"Ok\":{\"" + method + "\":{\"Err\":{\"Failed\":\"" + text + "\"}}}}";
    }

    private static String invalid(String detail) {
        return "{\"Err\":{\"kind\":11,\"detail\":\"" + detail + "\"}}";
    }

    @Test
    void networksAreNamedByTheirVariants() throws IOException {
        assertThat(call("Network")).isEqualTo(ok("Network", "\"RegTest\""));
        node.network = new Network.Main();
        assertThat(call("Network")).isEqualTo(ok("Network", "\"Main\""));
        node.network = new Network.TestnetMock();
        assertThat(call("Network")).isEqualTo(ok("Network", "\"TestnetMock\""));
        node.network = new Network.Testnet(7);
        assertThat(call("Network")).isEqualTo(ok("Network", "{\"Testnet\":7}"));
    }

    @Test
    void aNodeThatDoesNotListenHasNoAddress() throws IOException {
        node.listenAddress = Optional.empty();

        assertThat(call("OwnListenAddressForPeers")).isEqualTo(ok("OwnListenAddressForPeers", "null"));
    }

    @Test
    void aPeerIsShownWithItsStanding() throws IOException {
        PeerAddress address =
                new PeerAddress(Multiaddress.parseIp("::ffff:10.0.0.7").orElseThrow(), 1234);
        HandshakeData handshake = new HandshakeData(
                FakeNode.genesisHeader(),
                Optional.of(9798),
                new Network.RegTest(),
                FakeNode.instanceId("340282366920938463463374607431768211455"),
                "0.19.4",
                true,
                false,
                new PeerTime(Long.MAX_VALUE, 1),
                "00");
        PeerConnection.Description description = new PeerConnection.Description(
                Carrier.LEGACY_TCP,
                Direction.OUTBOUND,
                address,
                PeerId.ofLegacy(address),
                handshake,
                FakeNode.moment(1_760_000_000, 5),
                FakeNode.moment(1_760_000_001, 0));
        PeerStanding standing = PeerStanding.neutral(1000)
                .after(new PositivePeerSanction.ValidBlocks(3), FakeNode.moment(1_760_000_100, 0))
                .after(
                        new NegativePeerSanction.InvalidBlock(new BlockHeight(8), Digest.ZERO),
                        FakeNode.moment(1_760_000_200, 9));
        node.peers = List.of(new ConnectedPeer(
                description,
                PeerConnection.Layers.NONE,
                false,
                standing,
                new PeerConnection.Traffic(0, 0, 0, 0),
                0,
                FakeNode.moment(1_760_000_001, 0)));

        assertThat(call("PeerInfo"))
                .isEqualTo(ok(
                        "PeerInfo",
                        "[{\"peer_connection_info\":{\"listen_port\":9798,\"address\":\"/ip4/10.0.0.7/tcp/1234\","
                                + "\"inbound\":false},\"instance_id\":340282366920938463463374607431768211455,"
                                + "\"own_timestamp_connection_established\":"
                                + "{\"secs_since_epoch\":1760000000,\"nanos_since_epoch\":5},"
                                + "\"peer_timestamp_connection_established\":"
                                + "{\"secs_since_epoch\":9223372036854775807,\"nanos_since_epoch\":1},"
                                + "\"standing\":{\"standing\":20,\"latest_punishment\":[{\"InvalidBlock\":[8,\"" + ZEROS
                                + "\"]},{\"secs_since_epoch\":1760000200,\"nanos_since_epoch\":9}],"
                                + "\"latest_reward\":[{\"ValidBlocks\":3},"
                                + "{\"secs_since_epoch\":1760000100,\"nanos_since_epoch\":0}],"
                                + "\"peer_tolerance\":1000},\"version\":\"0.19.4\",\"is_archival_node\":true,"
                                + "\"stack\":\"legacy\",\"transport\":\"tcp\",\"security\":null,\"muxer\":null,"
                                + "\"peer_id\":\"" + PeerId.ofLegacy(address)
                                + "\",\"agent\":null,\"session\":null,\"protocols\":[],"
                                + "\"contested\":false}]"));
    }

    @Test
    void punishedPeersAreListedByIp() throws IOException {
        PeerStanding banned = PeerStanding.neutral(50).afterOperatorBan();
        node.punished = Map.of(
                Multiaddress.parseIp("2001:db8::1").orElseThrow(), banned,
                Multiaddress.parseIp("10.0.0.7").orElseThrow(), banned);
        String record = "{\"standing\":-50,\"latest_punishment\":null,\"latest_reward\":null,\"peer_tolerance\":50}";

        assertThat(call("AllPunishedPeers"))
                .isEqualTo(ok("AllPunishedPeers", "{\"10.0.0.7\":" + record + ",\"2001:db8::1\":" + record + "}"));
    }

    @Test
    void ordersReachTheNode() throws IOException {
        assertThat(call("ClearAllStandings")).isEqualTo(ok("ClearAllStandings", "null"));
        assertThat(call("ClearStandingByIp", "\"ip\":\"2001:DB8::1\"")).isEqualTo(ok("ClearStandingByIp", "null"));
        assertThat(call("Ban", "\"ip\":\"/ip4/1.2.3.4\"")).isEqualTo(ok("Ban", "null"));
        assertThat(call("Ban", "\"ip\":\"/ip6/::ffff:1.2.3.5/udp/9800/quic-v1\""))
                .isEqualTo(ok("Ban", "null"));
        assertThat(call("Unban", "\"ip\":\"/ip6/2001:db8::2/tcp/9801\"")).isEqualTo(ok("Unban", "null"));
        assertThat(call("UnbanAll")).isEqualTo(ok("UnbanAll", "null"));
        assertThat(call("Dial", "\"address\":\"/ip4/1.2.3.4/tcp/9798\"")).isEqualTo(ok("Dial", "null"));
        assertThat(call("Dial", "\"address\":\"/ip4/1.2.3.4/tcp/9801\"")).isEqualTo(ok("Dial", "null"));
        assertThat(call("Dial", "\"address\":\"/ip4/1.2.3.4/tcp/9798/p2p/" + PEER_ID + "\""))
                .isEqualTo(ok("Dial", "null"));
        assertThat(call("Dial", "\"address\":\"/ip6/2001:db8::2/udp/9800/quic-v1\""))
                .isEqualTo(ok("Dial", "null"));
        assertThat(call("Freeze")).isEqualTo(ok("Freeze", "null"));
        assertThat(call("Unfreeze")).isEqualTo(ok("Unfreeze", "null"));
        assertThat(node.orders)
                .containsExactly(
                        "clear all",
                        "clear 2001:db8::1",
                        "ban 1.2.3.4",
                        "ban 1.2.3.5",
                        "unban 2001:db8::2",
                        "unban all",
                        "dial 1.2.3.4:9798 LEGACY",
                        "dial 1.2.3.4:9801 EITHER",
                        "dial 1.2.3.4:9798 LIBP2P",
                        "dial [2001:db8::2]:9800 QUIC",
                        "freeze",
                        "unfreeze");
    }

    @ParameterizedTest
    @CsvSource({
        "/dns4/localhost/tcp/1",
        "/ip4/1.2.3",
        "/ip4/1.2.3.256",
        "/ip4/0x7f.0.0.1",
        "/ip6/fe80::1%lo",
        "/ip6/1.2.3.4",
        "/ip6/12345::",
        "/ip4",
        "1.2.3.4",
        "''",
    })
    void anAddressWithoutAnIpIsNotBanned(String address) throws IOException {
        assertThat(call("Ban", "\"ip\":\"" + address + "\""))
                .isEqualTo(failed("Ban", "the address must start with /ip4/ or /ip6/ and an IP"));
        assertThat(node.orders).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/ip4/1.2.3.4",
        "/ip4/1.2.3.4/udp/9800",
        "/ip4/1.2.3.4/udp/9800/quic",
        "/ip6/1.2.3.4/tcp/9801",
        "/ip4/1.2.3.4/tcp/0",
        "/ip4/1.2.3.4/tcp/65536",
        "/ip4/1.2.3.4/tcp/",
        "/ip4/1.2.3.4/tcp/-1",
        "/ip4/1.2.3.4/tcp/9801/ws",
        "/ip4/1.2.3.4/tcp/9801/p2p/12D3KooWLoRcCLJvPw8u5G3TwkFkxaFgstULo189T4GN3ojy8NX",
        "/ip4/1.2.3.4/tcp/9801/p2p/12D3KooWLoRcCLJvPw8u5G3TwkFkxaFgstULo189T4GN3ojy8NXF/p2p-circuit",
    })
    void whatCannotBeDialledIsNotDialled(String address) throws IOException {
        assertThat(call("Dial", "\"address\":\"" + address + "\""))
                .isEqualTo(failed(
                        "Dial",
                        "only addresses such as /ip4/1.2.3.4/tcp/9801 and /ip4/1.2.3.4/udp/9800/quic-v1 can be dialled, with "
                                + "or without /p2p/ID"));
        assertThat(node.orders).isEmpty();
    }

    @Test
    void argumentsThatAreMissingOrMisshapenAreNamed() throws IOException {
        assertThat(call("Ban")).isEqualTo(invalid("argument ip is missing"));
        assertThat(call("Ban", "\"ip\":[[1]]")).isEqualTo(invalid("argument ip is no string"));
        assertThat(call("ClearStandingByIp", "\"ip\":\"localhost\""))
                .isEqualTo(invalid("argument ip is no IP address"));
        assertThat(call("LatestTipDigests", "\"n\":-1"))
                .isEqualTo(invalid("argument n is no number from 0 to 2^63 - 1"));
        assertThat(call("LatestTipDigests", "\"n\":9223372036854775808"))
                .isEqualTo(invalid("argument n is no number from 0 to 2^63 - 1"));
        assertThat(call("Header", "\"block_selector\":\"height/5\""))
                .isEqualTo(invalid("argument block_selector is no block selector"));
        assertThat(call("Header", "\"block_selector\":null"))
                .isEqualTo(invalid("argument block_selector is no block selector"));
    }

    @Test
    void atGenesisEveryBlockIsKnownOrDoesNotExist() throws IOException {
        String tip = "\"" + FakeNode.GENESIS.toHex() + "\"";

        assertThat(call("BlockDigest", "\"block_selector\":\"tip\"")).isEqualTo(ok("BlockDigest", tip));
        assertThat(call("BlockDigest", "\"block_selector\":\"genesis\"")).isEqualTo(ok("BlockDigest", tip));
        assertThat(call("BlockDigest", "\"block_selector\":0")).isEqualTo(ok("BlockDigest", tip));
        assertThat(call("BlockDigest", "\"block_selector\":" + tip)).isEqualTo(ok("BlockDigest", tip));
        assertThat(call("BlockDigest", "\"block_selector\":1")).isEqualTo(ok("BlockDigest", "null"));
        assertThat(call("BlockDigest", "\"block_selector\":\"" + ZEROS + "\"")).isEqualTo(ok("BlockDigest", "null"));
        assertThat(call("LatestTipDigests", "\"n\":5")).isEqualTo(ok("LatestTipDigests", "[]"));
    }

    @Test
    void theDashboardsFirstPageHasAllItsFields() throws IOException {
        String header = call("Header", "\"block_selector\":\"tip\"");
        String headerJson = header.substring(ok("Header", "").length() - 3, header.length() - 3);
        String overview = call("GetNetworkOverview");
        String overviewJson = overview.substring(ok("GetNetworkOverview", "").length() - 3, overview.length() - 3);

        assertThat(call("DashboardOverviewData"))
                .isEqualTo(ok(
                        "DashboardOverviewData",
                        "{\"tip_digest\":\"" + FakeNode.GENESIS.toHex() + "\",\"tip_header\":" + headerJson
                                + ",\"tip_time_to_mine\":null,\"sync_status\":\"Unknown\","
                                + "\"confirmed_available_balance\":0,\"confirmed_total_balance\":0,"
                                + "\"unconfirmed_available_balance\":0,\"unconfirmed_total_balance\":0,"
                                + "\"mempool_size\":0,\"mempool_total_tx_count\":0,\"mempool_own_tx_count\":0,"
                                + "\"network_overview\":" + overviewJson
                                + ",\"peer_count\":0,\"mining_status\":null,"
                                + "\"proving_capability\":\"PrimitiveWitness\",\"confirmations\":null,"
                                + "\"cpu_temp\":null}"));
    }

    @Test
    void aBrokenStoreIsTheMethodsOwnError() throws IOException {
        node.storeBroken = true;

        assertThat(call("AllPunishedPeers"))
                .isEqualTo(failed("AllPunishedPeers", "the store failed: the disk is full"));
    }

    @Test
    void logLevelsAreChanged() throws IOException {
        assertThat(call("SetLogLevel", "\"logger\":\"proteus.adapters\",\"level\":\"warn\""))
                .isEqualTo(ok("SetLogLevel", "null"));
        assertThat(call("SetLogLevel", "\"logger\":\"\",\"level\":\"loud\""))
                .isEqualTo(failed("SetLogLevel", "levels are all, trace, debug, info, warn, error and off"));
        assertThat(levels).isEqualTo("proteus.adapters=WARNING;");
    }

    @Test
    void shutdownIsAnsweredBeforeItHappens() throws IOException {
        assertThat(call("Shutdown")).isEqualTo(ok("Shutdown", "true"));
        FakeNode.await(node.shutdown);
    }

    @ParameterizedTest
    @MethodSource("upstreamMethods")
    void everyMethodOfUpstreamIsKnown(String name) throws IOException {
        String method = MethodTable.toUpperCamelCase(name);

        assertThat(call(method)).doesNotContain("unknown method");
    }

    private static List<String> upstreamMethods() {
        return UpstreamMethods.NAMES;
    }

    @Test
    void aMethodThatIsNotSupportedSaysSo() throws IOException {
        assertThat(call(
                        "Send",
                        "\"outputs\":[{\"deep\":[1.5,null,true]}],\"fee\":170141183460469231731687303715884105727"))
                .isEqualTo(failed("Send", "not supported by this node"));
    }

    @Test
    void ofArgumentsOnlySixteenAreTaken() throws IOException {
        String many = IntStream.range(0, Arguments.MAX_VALUES)
                .mapToObj(i -> "\"a" + i + "\":1")
                .collect(Collectors.joining(","));

        assertThat(call("BlockHeight", many)).isEqualTo(ok("BlockHeight", "0"));
        client.send(RawClient.request(1, "BlockHeight", many + ",\"c\":1"));
        assertThat(client.isClosedByServer()).isTrue();
    }
}
