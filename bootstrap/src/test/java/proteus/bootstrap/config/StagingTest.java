package proteus.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.comparison.GuardSettings;
import proteus.application.migration.MigrationSettings;
import proteus.application.node.StackUse;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerTarget;
import proteus.application.port.PeerTarget.Protocol;
import proteus.application.port.Stack;
import proteus.application.port.Stage;
import proteus.domain.comparison.Thresholds;
import proteus.domain.peer.PeerAddress;
import proteus.domain.peer.PeerId;

/** The stage, and how a node is told to migrate. */
class StagingTest {

    private static final String ID = "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";

    @Test
    void whoSaysNothingGoesOnWithWhatIsStored() throws MisconfigurationException {
        NodeConfiguration node = Said.regtest();

        assertThat(node.migration()).isEqualTo(MigrationSettings.DEFAULT);
        assertThat(node.node().stacks()).isEqualTo(Map.of(Stack.LEGACY, StackUse.BOTH, Stack.LIBP2P, StackUse.BOTH));
    }

    @ParameterizedTest
    @CsvSource({
        "legacy-only, LEGACY_ONLY, BOTH, OFF",
        "dual,        DUAL,        BOTH, BOTH",
        "migrate,     MIGRATE,     BOTH, BOTH",
        "libp2p-only, LIBP2P_ONLY, OFF,  BOTH",
    })
    void aStagePresetsTheStacksAndLeavesPortsAndPeersAsTheyAre(
            String name, Stage stage, StackUse legacy, StackUse libp2p) throws MisconfigurationException {
        NodeConfiguration node = Said.regtest("stage", name, "peer-listen-addr", "0.0.0.0", "peer", "203.0.113.7:9801");

        assertThat(node.migration().stage()).contains(stage);
        assertThat(node.migration().custom()).isFalse();
        assertThat(node.node().stacks()).isEqualTo(Map.of(Stack.LEGACY, legacy, Stack.LIBP2P, libp2p));
        assertThat(node.node().listenEndpoints())
                .hasToString("[0.0.0.0:9798 (legacy TCP), 0.0.0.0:9801 (libp2p over TCP), "
                        + "0.0.0.0:9800 (libp2p over QUIC)]");
        assertThat(node.node().peers())
                .containsExactly(
                        new PeerTarget(PeerAddress.parse("203.0.113.7:9801").orElseThrow(), Protocol.EITHER));
        assertThat(node.warnings()).isEmpty();
    }

    @Test
    void everyFlagOfTheMigrationIsTaken() throws MisconfigurationException {
        NodeConfiguration node = Said.regtest(
                "stage",
                "migrate",
                "migrate-share",
                "25",
                "migrate-at-once",
                "7",
                "migrate-min-peers",
                "3",
                "migrate-moves-per-day",
                "9");

        assertThat(node.migration())
                .isEqualTo(
                        new MigrationSettings(Optional.of(Stage.MIGRATE), Optional.of(25), false, 7, 3, 9, Map.of()));
    }

    @Test
    void everyFlagOfTheGuardIsTaken() throws MisconfigurationException {
        NodeConfiguration node = Said.regtest(
                "guard",
                "off",
                "guard-window",
                "60",
                "guard-min-samples",
                "4",
                "guard-round-trip-ratio",
                "2.5",
                "guard-round-trip-difference",
                "20",
                "guard-block-rate-ratio",
                "5",
                "guard-breaks-per-hour",
                "9",
                "guard-strikes",
                "2",
                "guard-wait",
                "120",
                "probe-interval",
                "0");

        assertThat(node.migration().guard())
                .isEqualTo(new GuardSettings(
                        false,
                        Duration.ZERO,
                        new Thresholds(
                                Duration.ofMinutes(1), 4, 2.5, Duration.ofMillis(20), 5, 9, 2, Duration.ofMinutes(2))));
        assertThat(Said.regtest().migration().guard()).isEqualTo(GuardSettings.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "guard, yes, 'on or off'",
        "guard-window, 9, 'a whole number from 10 to 86400'",
        "guard-round-trip-ratio, 1, 'a number of more than 1, up to 1000'",
        "probe-interval, -1, 'a whole number from 0 to 86400'"
    })
    void whatTheGuardCannotBeToldIsSaid(String flag, String value, String what) {
        assertThatThrownBy(() -> Said.regtest(flag, value))
                .isInstanceOf(MisconfigurationException.class)
                .hasMessageContaining("--" + flag + ": '" + value + "' is not " + what);
    }

    @Test
    void theFlagsMayStandInVariablesAndInTheFile(@TempDir Path directory)
            throws IOException, MisconfigurationException {
        Path file = Files.writeString(directory.resolve("node.toml"), """
                stage = "legacy-only"
                migrate-share = 10
                libp2p-of = ["203.0.113.7:9798=/ip4/203.0.113.7/tcp/9801"]
                """);

        assertThat(Said.regtest(Said.host("PROTEUS_STAGE", "migrate"), "config", file.toString())
                        .migration())
                .isEqualTo(new MigrationSettings(
                        Optional.of(Stage.MIGRATE),
                        Optional.of(10),
                        false,
                        2,
                        0,
                        4,
                        Map.of(address("203.0.113.7:9798"), List.of(tcp("203.0.113.7:9801")))));
        assertThat(Said.regtest(Said.host(
                                "PROTEUS_LIBP2P_OF",
                                "203.0.113.7:1=/ip4/203.0.113.7/tcp/2, 203.0.113.8:1=/ip4/203.0.113.8/tcp/2"))
                        .migration()
                        .pairs())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "both", "Dual", "LIBP2P_ONLY", ""})
    void anotherStageIsRefused(String stage) {
        assertThat(Said.problems("stage", stage))
                .containsExactly("--stage: '" + stage + "' is not legacy-only, dual, migrate or libp2p-only");
    }

    @ParameterizedTest
    @CsvSource({
        "migrate-share, -1, 0 to 100",
        "migrate-share, 101, 0 to 100",
        "migrate-share, 25%, 0 to 100",
        "migrate-at-once, 0, 1 to 100",
        "migrate-at-once, 101, 1 to 100",
        "migrate-min-peers, 1001, 0 to 1000",
        "migrate-moves-per-day, 0, 1 to 10000",
    })
    void aNumberOutsideItsRangeIsRefused(String flag, String value, String range) {
        assertThat(Said.problems(flag, value))
                .containsExactly("--" + flag + ": '" + value + "' is not a whole number from " + range);
    }

    @Test
    void aStageAndTheUseOfSingleStacksAreAnErrorThatNamesBoth(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("node.toml"), "\nlibp2p = \"both\"\n");

        assertThat(Said.problems("stage", "dual", "legacy", "off"))
                .containsExactly(
                        "--stage: conflicts with --legacy, because a stage says what both stacks are used for; "
                                + "leave one or the other out");
        assertThat(Said.problems(
                        Said.host("PROTEUS_STAGE", "libp2p-only"), "legacy", "dial", "config", file.toString()))
                .containsExactly("PROTEUS_STAGE: conflicts with --legacy and " + file
                        + ":2: libp2p, because a stage says what both stacks are used for; leave one or the other "
                        + "out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy", "libp2p"})
    void whoSaysWhatASingleStackIsForIsInNoStage(String stack) throws MisconfigurationException {
        NodeConfiguration node = Said.regtest(stack, "both", "migrate-share", "5");

        assertThat(node.migration())
                .isEqualTo(new MigrationSettings(Optional.empty(), Optional.of(5), true, 2, 0, 4, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy-only", "dual", "migrate"})
    void aStageNeedsItsStacksInTheProgram(String stage) {
        assertThat(Said.problems(Said.hostWithoutLegacy("PROTEUS_STAGE", stage)))
                .containsExactly("PROTEUS_STAGE: " + stage + " needs the legacy stack, which this build does not have; "
                        + "leave it out, or say libp2p-only");
    }

    @Test
    void withoutTheLegacyStackOfTheProgramThereIsOneStage() throws MisconfigurationException {
        for (NodeConfiguration node : List.of(
                Said.regtest(Said.hostWithoutLegacy()),
                Said.regtest(Said.hostWithoutLegacy(), "stage", "libp2p-only"))) {
            assertThat(node.migration().stage()).contains(Stage.LIBP2P_ONLY);
            assertThat(node.node().stacks()).isEqualTo(Map.of(Stack.LEGACY, StackUse.OFF, Stack.LIBP2P, StackUse.BOTH));
            assertThat(node.node().listenEndpoints()).hasSize(2);
        }
    }

    @Test
    void aPeerThatTheStageDoesNotDialIsNoErrorSinceTheStageMayChange() throws MisconfigurationException {
        NodeConfiguration node =
                Said.regtest("stage", "libp2p-only", "peer", "legacy:203.0.113.7:1", "peer", "203.0.113.8:9801");

        assertThat(node.node().peers()).hasSize(2);
        assertThat(node.warnings())
                .containsExactly(
                        "the peer 203.0.113.7:1 is not dialled in the stage libp2p-only, which does not use the "
                                + "stack for it");
    }

    @Test
    void whateverTheStageTheStacksNeedTwoPorts() {
        assertThat(Said.problems("stage", "libp2p-only", "tcp-port", "9798"))
                .containsExactly("--tcp-port: both stacks would listen on TCP port 9798, which is also that of "
                        + "--peer-port; give them two ports");
    }

    @Test
    void pairsAreTakenByLegacyAddressEachOnce() throws MisconfigurationException {
        NodeConfiguration node = Said.regtest(
                "libp2p-of",
                "203.0.113.7:9798=/ip4/203.0.113.7/udp/9800/quic-v1/p2p/" + ID,
                "libp2p-of",
                "203.0.113.7:9798=/ip4/203.0.113.7/tcp/9798",
                "libp2p-of",
                "[::ffff:203.0.113.7]:9798=/ip4/203.0.113.7/tcp/9798",
                "libp2p-of",
                "[2001:db8::7]:9798=/ip6/2001:db8::7/tcp/9801");

        assertThat(node.migration().pairs())
                .isEqualTo(Map.of(
                        address("203.0.113.7:9798"),
                        List.of(
                                new PeerEndpoint(address("203.0.113.7:9800"), Carrier.LIBP2P_QUIC, PeerId.parse(ID)),
                                tcp("203.0.113.7:9798")),
                        address("[2001:db8::7]:9798"),
                        List.of(tcp("[2001:db8::7]:9801"))));
    }

    @Test
    void aPairOfTwoHostsIsRefused() {
        String pair = "203.0.113.7:9798=/ip4/203.0.113.8/tcp/9801";

        assertThat(Said.problems("libp2p-of", pair))
                .containsExactly(
                        "--libp2p-of: '" + pair + "' names two hosts, 203.0.113.7 and 203.0.113.8; both addresses "
                                + "of a peer must have the same IP");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "203.0.113.7:9798 |                                  is not a pair; write IP:PORT=/ip4/IP/tcp/PORT",
                "=/ip4/203.0.113.7/tcp/9801 |                        '' is not where a legacy peer is; write",
                "203.0.113.7=/ip4/203.0.113.7/tcp/9801 |             '203.0.113.7' is not where a legacy peer is; write",
                "203.0.113.7:0=/ip4/203.0.113.7/tcp/9801 |           '203.0.113.7:0' is not where a legacy peer is",
                "peer.example:1=/ip4/203.0.113.7/tcp/9801 |          'peer.example:1' is not where a legacy peer is",
                "203.0.113.7:9798= |                                 '' is not where a libp2p peer is; write",
                "203.0.113.7:9798=203.0.113.7:9801 |                 '203.0.113.7:9801' is not where a libp2p peer is",
                "203.0.113.7:9798=/ip4/203.0.113.7/udp/9800 |        /udp/9800' is not where a libp2p peer is; write",
                "203.0.113.7:9798=/ip4/203.0.113.7/tcp/9801/p2p/x |  /p2p/x' is not where a libp2p peer is; write",
            })
    void whatIsNoPairIsRefusedWithWhatToWrite(String pair, String complaint) {
        assertThat(Said.problems("libp2p-of", pair))
                .singleElement()
                .asString()
                .startsWith("--libp2p-of: '" + pair + "'")
                .contains(complaint);
    }

    private static PeerEndpoint tcp(String address) {
        return new PeerEndpoint(address(address), Carrier.LIBP2P_TCP, Optional.empty());
    }

    private static PeerAddress address(String text) {
        return PeerAddress.parse(text).orElseThrow();
    }
}
