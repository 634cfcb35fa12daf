package proteus.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.adapters.rpc.http.JsonRpcSettings;
import proteus.adapters.rpc.http.RpcModule;
import proteus.application.mining.MiningSettings;
import proteus.application.mining.ProposalPolicy;
import proteus.application.node.StackUse;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.Stack;
import proteus.bootstrap.logging.LogFormat;
import proteus.bootstrap.logging.LogSettings;
import proteus.domain.block.GuesserReceiverData;
import proteus.domain.hash.Digest;
import proteus.domain.network.Network;
import proteus.domain.peer.ConnectionSettings;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

class ConfigurationReaderTest {

    @TempDir
    private Path temporary;

    private static NodeConfiguration read(Host host, String... flags) throws MisconfigurationException {
        return ConfigurationReader.read(host, Said.flags(flags));
    }

    private static List<String> problems(Host host, String... flags) {
        return catchThrowableOfType(MisconfigurationException.class, () -> read(host, flags))
                .problems();
    }

    private static PeerAddress address(String text) {
        return PeerAddress.parse(text).orElseThrow();
    }

    /** A file with these lines. */
    private String file(String... lines) throws IOException {
        return Files.write(temporary.resolve("node.toml"), List.of(lines)).toString();
    }

    @Test
    void whoSaysNothingGetsUpstreamsDefaults() throws MisconfigurationException {
        NodeConfiguration node = read(Said.host(), "network", "regtest");

        assertThat(node.node().connections()).isEqualTo(ConnectionSettings.DEFAULT);
        assertThat(node.node().commandLineBans()).isEmpty();
        assertThat(node.node().peers()).isEmpty();
        assertThat(node.listenCandidates())
                .containsExactly(address("[::]:0").ip(), address("0.0.0.0:0").ip());
        assertThat(node.node().stacks()).isEqualTo(Map.of(Stack.LEGACY, StackUse.BOTH, Stack.LIBP2P, StackUse.BOTH));
        assertThat(node.node().listenEndpoints())
                .containsExactly(
                        new PeerEndpoint(address("[::]:9798"), Carrier.LEGACY_TCP),
                        new PeerEndpoint(address("[::]:9801"), Carrier.LIBP2P_TCP),
                        new PeerEndpoint(address("[::]:9800"), Carrier.LIBP2P_QUIC));
        assertThat(node.libp2p())
                .isEqualTo(new Libp2pConfiguration(
                        new IdentityChoice.Stored(
                                Path.of("/home/node/.local/share/proteus/regtest/network/identity.key"), false),
                        List.of(),
                        true));
        assertThat(node.quotas()).isEqualTo(new SourceQuotaSettings(4, 8, 6)).isEqualTo(SourceQuotaSettings.DEFAULT);
        assertThat(node.rpc().port()).isEqualTo(9799);
        assertThat(node.rpc().cookieHint()).isTrue();
        assertThat(node.rpc().maxPeers()).isEqualTo(10);
        assertThat(node.data().path()).isEqualTo(Path.of("/home/node/.local/share/proteus/regtest"));
        assertThat(node.rpc().dataDirectory()).isEqualTo(node.data().path());
        assertThat(node.inboundMemory()).isEqualTo(1L << 30);
        assertThat(node.log()).isEqualTo(LogSettings.DEFAULT);
        assertThat(node.warnings()).isEmpty();
    }

    @Test
    void everyFlagThatIsHonouredReachesItsPlace() throws MisconfigurationException {
        NodeConfiguration node = read(
                Said.host(),
                "network",
                "testnet-7",
                "accept-unverified-proofs",
                "true",
                "peer",
                "203.0.113.7:9801",
                "peer",
                "legacy:peer.example:29798",
                "legacy",
                "dial",
                "libp2p",
                "both",
                "restrict-peers-to-list",
                "true",
                "no-incoming",
                "true",
                "max-num-peers",
                "20",
                "max-connections-per-prefix",
                "70",
                "max-connection-attempts-per-ip-per-minute",
                "700",
                "tcp-port",
                "29801",
                "quic-port",
                "29800",
                "public-ip",
                "203.0.113.1",
                "public-ip",
                "2001:db8::1",
                "identity-file",
                "/keys/identity.key",
                "new-identity",
                "true",
                "max-connections-per-ip",
                "7",
                "max-blocks-served-per-minute",
                "4294967295",
                "peer-tolerance",
                "500",
                "ban",
                "/ip4/203.0.113.66/tcp/9801",
                "ban",
                "2001:db8::66",
                "handshake-timeout",
                "9",
                "peer-port",
                "29798",
                "peer-listen-addr",
                "127.0.0.1",
                "rpc-port",
                "29799",
                "disable-cookie-hint",
                "true",
                "data-dir",
                "/data",
                "inbound-memory",
                "300M",
                "log-level",
                "warn",
                "log-level",
                "proteus.adapters=debug",
                "log-format",
                "json");

        assertThat(node.node().network()).isEqualTo(new Network.Testnet(7));
        assertThat(node.node().peers())
                .containsExactly(
                        new PeerTarget(address("203.0.113.7:9801"), PeerTarget.Protocol.EITHER),
                        new PeerTarget(address("203.0.113.9:29798"), PeerTarget.Protocol.LEGACY));
        assertThat(node.node().connections())
                .isEqualTo(new ConnectionSettings(
                        java.util.Set.of(address("203.0.113.7:9801"), address("203.0.113.9:29798")),
                        true,
                        true,
                        20,
                        7,
                        500,
                        Duration.ofSeconds(9),
                        0xFFFF_FFFFL));
        assertThat(node.node().commandLineBans())
                .containsExactlyInAnyOrder(Said.ip("203.0.113.66"), Said.ip("2001:db8::66"));
        assertThat(node.node().stacks()).isEqualTo(Map.of(Stack.LEGACY, StackUse.DIAL, Stack.LIBP2P, StackUse.BOTH));
        assertThat(node.node().listenEndpoints())
                .contains(
                        new PeerEndpoint(address("127.0.0.1:29801"), Carrier.LIBP2P_TCP),
                        new PeerEndpoint(address("127.0.0.1:29800"), Carrier.LIBP2P_QUIC));
        assertThat(node.libp2p())
                .isEqualTo(new Libp2pConfiguration(
                        new IdentityChoice.Stored(Path.of("/keys/identity.key"), true),
                        List.of(Said.ip("203.0.113.1"), Said.ip("2001:db8::1")),
                        true));
        assertThat(node.quotas()).isEqualTo(new SourceQuotaSettings(7, 70, 700));
        assertThat(node.rpc().port()).isEqualTo(29_799);
        assertThat(node.rpc().cookieHint()).isFalse();
        assertThat(node.rpc().maxPeers()).isEqualTo(20);
        assertThat(node.data().path()).isEqualTo(Path.of("/data/testnet-7"));
        assertThat(node.inboundMemory()).isEqualTo(300L << 20);
        assertThat(node.log())
                .isEqualTo(new LogSettings(
                        LogFormat.JSON,
                        System.Logger.Level.WARNING,
                        Map.of("proteus.adapters", System.Logger.Level.DEBUG)));
        assertThat(node.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "testnet", "testnet-0", "testnet-255"})
    void aNetworkWithRealProofsNeedsConsent(String network) throws MisconfigurationException {
        assertThat(problems(Said.host(), "network", network))
                .singleElement()
                .asString()
                .contains(network.equals("testnet") ? "testnet-0" : network)
                .contains("--accept-unverified-proofs")
                .contains("does not verify the STARK proofs of blocks yet");
        assertThat(read(Said.host(), "network", network, "accept-unverified-proofs", "true")
                        .node()
                        .network())
                .isEqualTo(Network.parse(network).orElseThrow());
    }

    @Test
    void theDefaultNetworkIsTheMainOneAndNeedsConsentToo() {
        assertThat(problems(Said.host()))
                .singleElement()
                .asString()
                .startsWith("--network: main needs --accept-unverified-proofs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"testnet-mock", "regtest"})
    void aNetworkWithMockProofsNeedsNone(String network) throws MisconfigurationException {
        assertThat(read(Said.host(), "network", network).node().network().id()).isEqualTo(network);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alpha", "beta", "Main", "testnet-256", "testnet-01", "testnet-", ""})
    void anotherNetworkIsRefusedAndNothingElseIsSaidOfIt(String network) {
        assertThat(problems(Said.host(), "network", network))
                .singleElement()
                .asString()
                .startsWith("--network: '" + network + "' is not a network");
    }

    @Test
    void aFlagWinsOverAVariableAndAVariableOverTheFile() throws Exception {
        String file = file("network = \"regtest\"", "max-num-peers = 1", "rpc-port = 1", "peer-port = 1");
        Host host = Said.host("PROTEUS_MAX_NUM_PEERS", "2", "PROTEUS_RPC_PORT", "2");

        NodeConfiguration node = read(host, "config", file, "max-num-peers", "3");

        assertThat(node.node().connections().maxNumPeers()).isEqualTo(3);
        assertThat(node.rpc().port()).isEqualTo(2);
        assertThat(node.node().listenEndpoints().getFirst().address().port()).isEqualTo(1);
        assertThat(node.node().network()).isEqualTo(new Network.RegTest());
    }

    @Test
    void aListOfOneSourceReplacesThatOfTheNext() throws Exception {
        String file = file("network = \"regtest\"", "ban = [\"203.0.113.1\"]", "peer = [\"203.0.113.1:1\"]");
        Host host = Said.host("PROTEUS_BAN", "203.0.113.2, 203.0.113.3");

        NodeConfiguration node = read(host, "config", file, "peer", "203.0.113.4:4");

        assertThat(node.node().commandLineBans())
                .containsExactlyInAnyOrder(Said.ip("203.0.113.2"), Said.ip("203.0.113.3"));
        assertThat(node.node().connections().configuredPeers()).containsExactly(address("203.0.113.4:4"));
    }

    @Test
    void aVariableCanSwitchOffWhatTheFileSwitchesOn() throws Exception {
        String file = file("network = \"regtest\"", "no-incoming = true");

        assertThat(read(Said.host(), "config", file).node().connections().noIncoming())
                .isTrue();
        assertThat(read(Said.host("PROTEUS_NO_INCOMING", "false"), "config", file)
                        .node()
                        .connections()
                        .noIncoming())
                .isFalse();
    }

    @Test
    void theFileMayBeNamedByAVariable() throws Exception {
        Host host = Said.host("PROTEUS_CONFIG", file("network = \"regtest\"", "max-num-peers = 5"));

        assertThat(read(host).node().connections().maxNumPeers()).isEqualTo(5);
    }

    @Test
    void anEmptyVariableIsNotSaid() throws MisconfigurationException {
        Host host = Said.host("PROTEUS_MAX_NUM_PEERS", "", "PROTEUS_PEER", "", "PROTEUS_WHATEVER", "");

        assertThat(read(host, "network", "regtest").node().connections()).isEqualTo(ConnectionSettings.DEFAULT);
    }

    @Test
    void theVariablesOfTheLauncherAreNoSettings() throws MisconfigurationException {
        assertThat(read(
                                Said.host(
                                        "PROTEUS_JAVA_OPTS",
                                        "-Xmx1g",
                                        "PROTEUS_VECTORS",
                                        "off",
                                        "PROTEUS_BUILD",
                                        "no-legacy"),
                                "network",
                                "regtest")
                        .warnings())
                .isEmpty();
    }

    @Test
    void everythingThatIsWrongInAnySourceIsToldAtOnceWithItsPlace() throws IOException {
        String file = file(
                "max-num-peer = 20",
                "peer-port = 65536",
                "no-incoming = \"yes\"",
                "ban = [\"203.0.113.1\", \"nobody\"]",
                "[table]",
                "x = 1");
        Host host = Said.host("PROTEUS_PEERS", "203.0.113.7:9801", "PROTEUS_RPC_PORT", "many");

        List<String> problems =
                problems(host, "config", file, "network", "regtest", "peer", "203.0.113.7", "handshake-timeout", "0");

        assertThat(problems)
                .hasSize(9)
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo(file + ":1: max-num-peer: there is no such setting; did you mean max-num-peers?"))
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo(file + ":2: peer-port: '65536' is not a whole number from 0 to 65535"))
                .anySatisfy(line ->
                        assertThat(line).isEqualTo(file + ":3: no-incoming: takes true or false, without quotes"))
                .anySatisfy(line -> assertThat(line).startsWith(file + ":4: ban: 'nobody' is not an address"))
                .anySatisfy(line -> assertThat(line).startsWith(file + ":5: table: there are no tables here"))
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo("PROTEUS_PEERS: there is no such setting; did you mean PROTEUS_PEER?"))
                .anySatisfy(line ->
                        assertThat(line).isEqualTo("PROTEUS_RPC_PORT: 'many' is not a whole number from 0 to 65535"))
                .anySatisfy(line -> assertThat(line).startsWith("--peer: '203.0.113.7' lacks a port"))
                .anySatisfy(line -> assertThat(line).startsWith("--handshake-timeout: 0 would end every handshake"));
    }

    @Test
    void aWrongValueIsToldAlsoWhereAnotherSourceWins() {
        assertThat(problems(Said.host("PROTEUS_RPC_PORT", "x"), "network", "regtest", "rpc-port", "1"))
                .containsExactly("PROTEUS_RPC_PORT: 'x' is not a whole number from 0 to 65535");
    }

    @Test
    void aFileThatIsNoTomlIsToldWithTheLine() throws IOException {
        assertThat(problems(Said.host(), "config", file("network = \"regtest\"", "peer-port = = 3")))
                .anySatisfy(line -> assertThat(line).startsWith(temporary.resolve("node.toml") + ":2: "));
    }

    @Test
    void aFileThatIsNotThereIsAnError() {
        assertThat(problems(Said.host(), "network", "regtest", "config", "/nowhere/node.toml"))
                .containsExactly("/nowhere/node.toml: there is no such file");
    }

    @Test
    void aDirectoryOrAnEndlessFileIsAnError() throws IOException {
        Path large = Files.write(temporary.resolve("large.toml"), new byte[(1 << 20) + 1]);

        assertThat(problems(Said.host(), "network", "regtest", "config", temporary.toString()))
                .containsExactly(temporary + ": cannot be read: it is a directory");
        assertThat(problems(Said.host(), "network", "regtest", "config", large.toString()))
                .containsExactly(large + ": cannot be read: it has more than 1048576 bytes");
    }

    @Test
    void aFileThatIsNotUtf8IsAnError() throws IOException {
        Path latin = Files.write(temporary.resolve("latin.toml"), new byte[] {'#', (byte) 0xE4, '\n'});

        assertThat(problems(Said.host(), "network", "regtest", "config", latin.toString()))
                .containsExactly(latin + ": cannot be read: it is not UTF-8");
    }

    @Test
    void aFileCannotNameAnother() throws IOException {
        assertThat(problems(Said.host(), "network", "regtest", "config", file("config = \"x\"")))
                .singleElement()
                .asString()
                .endsWith(":1: config: a file cannot name another one");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-num-peers = true     | takes one text or number",
                "max-num-peers = [1]      | takes one text or number",
                "no-incoming = 1          | takes true or false, without quotes",
                "peer = true              | takes an array of texts",
                "peer = [1]               | takes an array of texts",
                "listen-rpc = [\"a\"]     | takes a text, true or false",
                "rpc-port = 1979-05-27    | takes one text or number",
                "guesser-fraction = inf   | takes one text or number",
            })
    void aValueOfAnotherShapeIsRefusedWithWhatIsTaken(String line, String expected) throws IOException {
        assertThat(problems(Said.host(), "network", "regtest", "config", file(line)))
                .singleElement()
                .asString()
                .contains(":1: ")
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "peer = []                     | 0",
                "peer = \"203.0.113.7:1\"      | 1",
                "peer = [\"203.0.113.7:1\", \"203.0.113.7:1\"] | 1",
                "peer = [\"203.0.113.7:1\", \"203.0.113.7:2\"] | 2",
            })
    void aListInTheFileHasAnyLength(String line, int peers) throws Exception {
        assertThat(read(Said.host(), "network", "regtest", "config", file(line))
                        .node()
                        .peers())
                .hasSize(peers);
    }

    @Test
    void anEmptyListInTheFileIsStillLessThanAVariable() throws Exception {
        Host host = Said.host("PROTEUS_PEER", "203.0.113.7:1");

        assertThat(read(host, "network", "regtest", "config", file("peer = []"))
                        .node()
                        .peers())
                .hasSize(1);
    }

    @Test
    void whatHasNoEffectIsWarnedAboutOnce() throws Exception {
        String file = file("network = \"regtest\"", "utxo-index = true", "tx-proof-upgrading = false");
        Host host = Said.host("PROTEUS_ARCHIVAL_MUTATOR_SET_WORK", "26");

        NodeConfiguration node = read(host, "config", file, "guesser-version", "1", "mining-address", "nolgam1abc");

        assertThat(node.warnings())
                .containsExactlyInAnyOrder(
                        "--guesser-version is accepted, and does nothing yet",
                        "--mining-address is accepted, and does nothing yet",
                        "PROTEUS_ARCHIVAL_MUTATOR_SET_WORK is accepted, and does nothing yet",
                        file + ":2: utxo-index is accepted, and does nothing yet");
    }

    @Test
    void jsonRpcIsServedWhereItIsAskedFor() throws Exception {
        assertThat(read(Said.host(), "network", "regtest").jsonRpc()).isEmpty();
        JsonRpcSettings bare = read(Said.host(), "network", "regtest", "listen-rpc", "true")
                .jsonRpc()
                .orElseThrow();
        assertThat(bare.address()).hasToString("127.0.0.1:9797");
        assertThat(bare.modules()).containsExactlyInAnyOrder(RpcModule.NODE, RpcModule.CHAIN);
        assertThat(bare.unrestricted()).isFalse();

        String file = file(
                "network = \"regtest\"",
                "listen-rpc = \"[::1]:1\"",
                "rpc-modules = \"Archival, mempool\"",
                "unsafe-rpc = true");
        NodeConfiguration node = read(Said.host(), "config", file);
        JsonRpcSettings said = node.jsonRpc().orElseThrow();
        assertThat(said.address()).hasToString("[::1]:1");
        assertThat(said.modules()).containsExactlyInAnyOrder(RpcModule.ARCHIVAL, RpcModule.MEMPOOL);
        assertThat(said.unrestricted()).isTrue();
        assertThat(node.warnings()).isEmpty();
    }

    @Test
    void metricsAreServedWhereTheyAreAskedFor() throws Exception {
        assertThat(read(Said.host(), "network", "regtest").metrics()).isEmpty();
        assertThat(read(Said.host(), "network", "regtest", "listen-metrics", "true")
                        .metrics()
                        .orElseThrow()
                        .address())
                .hasToString("127.0.0.1:9796");
        assertThat(read(Said.host(), "network", "regtest", "listen-metrics", "[::1]:1")
                        .metrics()
                        .orElseThrow()
                        .address())
                .hasToString("[::1]:1");
    }

    @Test
    void theDashboardIsServedOnLoopbackAlone() throws Exception {
        assertThat(read(Said.host(), "network", "regtest").dashboard()).isEmpty();
        assertThat(read(Said.host(), "network", "regtest", "dashboard", "true")
                        .dashboard()
                        .orElseThrow()
                        .address())
                .hasToString("127.0.0.1:9795");
        assertThat(read(Said.host(), "network", "regtest", "dashboard", "[::1]:0")
                        .dashboard()
                        .orElseThrow()
                        .address())
                .hasToString("[::1]:0");
        for (String elsewhere : List.of("0.0.0.0:9795", "[::]:9795", "192.0.2.1:9795")) {
            assertThat(problems(Said.host(), "network", "regtest", "dashboard", elsewhere))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .startsWith("--dashboard: '" + elsewhere + "' is not on loopback");
        }
        assertThat(problems(Said.host(), "network", "regtest", "dashboard", "9795"))
                .hasSize(1);
    }

    @Test
    void whatOnlyConcernsJsonRpcIsWarnedAboutWithoutIt() throws Exception {
        assertThat(read(Said.host(), "network", "regtest", "unsafe-rpc", "true", "rpc-modules", "node")
                        .warnings())
                .containsExactly(
                        "--rpc-modules has no effect without --listen-rpc",
                        "--unsafe-rpc has no effect without --listen-rpc");
    }

    @Test
    void rustLogIsWarnedAboutUnlessALevelIsSaid() throws MisconfigurationException {
        assertThat(read(Said.host("RUST_LOG", "debug"), "network", "regtest").warnings())
                .singleElement()
                .asString()
                .startsWith("RUST_LOG is set")
                .contains("PROTEUS_LOG_LEVEL");
        assertThat(read(Said.host("RUST_LOG", "debug", "PROTEUS_LOG_LEVEL", "info"), "network", "regtest")
                        .warnings())
                .isEmpty();
    }

    @Test
    void aListOfNobodyIsWarnedAbout() throws MisconfigurationException {
        assertThat(read(Said.host(), "network", "regtest", "restrict-peers-to-list", "true")
                        .warnings())
                .containsExactly("--restrict-peers-to-list without a peer: this node will talk to nobody");
    }

    @Test
    void whoMinesSaysSoAndForWhom() throws Exception {
        String digest = "01" + "0".repeat(78);
        MiningSettings mining = read(
                        Said.host(),
                        "network",
                        "testnet-mock",
                        "compose",
                        "true",
                        "guess",
                        "true",
                        "guesser-threads",
                        "3",
                        "minimum-guesser-fraction",
                        "0.25",
                        "guesser-receiver",
                        digest + ":" + "0".repeat(80),
                        "secret-compositions",
                        "true",
                        "whitelisted-composer",
                        "203.0.113.1")
                .mining();

        assertThat(mining)
                .isEqualTo(new MiningSettings(
                        true,
                        true,
                        3,
                        0.25,
                        new GuesserReceiverData(new Digest(1, 0, 0, 0, 0), Digest.ZERO),
                        new ProposalPolicy(false, Set.of(new IpAddress.V4(0xCB007101)), true)));
        assertThat(read(Said.host(), "network", "regtest").mining().mines()).isFalse();
    }

    @Test
    void whereProofsAreRealNobodyMines() {
        assertThat(problems(
                        Said.host(),
                        "network",
                        "main",
                        "accept-unverified-proofs",
                        "true",
                        "compose",
                        "true",
                        "guess",
                        "true"))
                .hasSize(2)
                .allMatch(problem -> problem.contains(
                        "this node cannot mine on main, whose blocks need real proofs; it mines on regtest"));
    }

    @Test
    void aReceiverIsTwoDigests() {
        for (String bad : List.of("1:2", "f".repeat(80) + ":" + "0".repeat(80), "0".repeat(160))) {
            assertThat(problems(Said.host(), "network", "regtest", "guesser-receiver", bad))
                    .singleElement()
                    .asString()
                    .startsWith("--guesser-receiver: ");
        }
    }

    @Test
    void composingConflictsWithTakingNoTransactions() {
        assertThat(problems(Said.host(), "network", "regtest", "compose", "true", "blocks-only", "true"))
                .singleElement()
                .asString()
                .startsWith("--compose: conflicts with --blocks-only");
    }

    @Test
    void aHostThatIsNotKnownIsAnErrorOfTheSourceThatNamesIt() {
        assertThat(problems(Said.host("PROTEUS_PEER", "legacy:nobody.example:9798"), "network", "regtest"))
                .singleElement()
                .asString()
                .startsWith("PROTEUS_PEER: the host 'nobody.example' is not known here");
    }

    @Test
    void aMissingHomeIsToldWithEverythingElse() {
        Host homeless = new Host(Map.of(), Host.OperatingSystem.LINUX, Said::resolve, 1L << 30, Set.of(Stack.LIBP2P));

        assertThat(problems(homeless, "network", "regtest", "rpc-port", "x"))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("--data-dir: there is no home directory"));
    }

    @Test
    void aSmallHeapStillHoldsABlock() throws MisconfigurationException {
        Host small = new Host(
                Map.of("HOME", "/h"), Host.OperatingSystem.LINUX, Said::resolve, 128L << 20, Set.of(Stack.LIBP2P));

        assertThat(read(small, "network", "regtest").inboundMemory()).isEqualTo(64L << 20);
    }

    @Test
    void theDirectoryAloneNeedsNoConsent() throws MisconfigurationException {
        assertThat(ConfigurationReader.readDataDirectory(Said.host("PROTEUS_DATA_DIR", "/data"), Said.flags())
                        .path())
                .isEqualTo(Path.of("/data/main"));
    }

    @Test
    void theDirectoryAloneIsNotFoundByAWrongConfiguration() {
        assertThatThrownBy(() -> ConfigurationReader.readDataDirectory(Said.host("PROTEUS_X", "1"), Said.flags()))
                .isInstanceOf(MisconfigurationException.class)
                .hasMessageStartingWith("PROTEUS_X: there is no such setting");
    }
}
