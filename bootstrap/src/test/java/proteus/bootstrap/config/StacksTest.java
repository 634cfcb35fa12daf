package proteus.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.application.migration.MigrationSettings;
import proteus.application.node.StackUse;
import proteus.application.port.Stack;

/** What the two stacks are used for, and where they listen. */
class StacksTest {

    /** Where it would listen, it must know in any case: what a stack is used for can change while the node runs. */
    @ParameterizedTest
    @CsvSource({
        "both,   both,   BOTH,   BOTH",
        "accept, accept, ACCEPT, ACCEPT",
        "off,    both,   OFF,    BOTH",
        "dial,   accept, DIAL,   ACCEPT",
        "both,   off,    BOTH,   OFF",
        "accept, dial,   ACCEPT, DIAL",
        "dial,   dial,   DIAL,   DIAL",
        "off,    dial,   OFF,    DIAL",
    })
    void everyStackHasItsUseAndItsPorts(String legacy, String libp2p, StackUse usedLegacy, StackUse usedLibp2p)
            throws MisconfigurationException {
        NodeConfiguration node = Said.regtest("legacy", legacy, "libp2p", libp2p, "peer-listen-addr", "0.0.0.0");

        assertThat(node.node().stacks()).isEqualTo(Map.of(Stack.LEGACY, usedLegacy, Stack.LIBP2P, usedLibp2p));
        assertThat(node.node().listenEndpoints())
                .hasToString("[0.0.0.0:9798 (legacy TCP), 0.0.0.0:9801 (libp2p over TCP), "
                        + "0.0.0.0:9800 (libp2p over QUIC)]");
        assertThat(node.migration()).isEqualTo(MigrationSettings.WITHOUT_STAGE);
        assertThat(node.warnings()).isEmpty();
    }

    @Test
    void theModesMayStandInAVariableAndInTheFile(@TempDir Path directory)
            throws IOException, MisconfigurationException {
        Path file = Files.writeString(directory.resolve("node.toml"), "legacy = \"accept\"\nlibp2p = \"off\"\n");

        assertThat(Said.regtest(Said.host("PROTEUS_LIBP2P", "dial"), "config", file.toString())
                        .node()
                        .stacks())
                .isEqualTo(Map.of(Stack.LEGACY, StackUse.ACCEPT, Stack.LIBP2P, StackUse.DIAL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "true", "Both", "accept,dial", ""})
    void anotherModeIsRefused(String mode) {
        assertThat(Said.problems("legacy", mode, "libp2p", mode))
                .containsExactlyInAnyOrder(
                        "--legacy: '" + mode + "' is not off, accept, dial or both",
                        "--libp2p: '" + mode + "' is not off, accept, dial or both");
    }

    @Test
    void aNodeWithoutAStackIsAnErrorAndItsPeersAreNoOther() {
        assertThat(Said.problems(
                        Said.host("PROTEUS_LIBP2P", "off"),
                        "legacy",
                        "off",
                        "peer",
                        "203.0.113.7:9801",
                        "peer",
                        "legacy:203.0.113.7:1"))
                .containsExactly("--legacy and PROTEUS_LIBP2P are both off, so that this node could talk to nobody; "
                        + "leave one of them on");
    }

    @Test
    void withoutTheLegacyStackOfTheProgramLibp2pIsAll() throws MisconfigurationException {
        NodeConfiguration node = Said.regtest(Said.hostWithoutLegacy(), "peer-listen-addr", "0.0.0.0");

        assertThat(node.node().stacks()).isEqualTo(Map.of(Stack.LEGACY, StackUse.OFF, Stack.LIBP2P, StackUse.BOTH));
        assertThat(node.node().listenEndpoints())
                .hasToString("[0.0.0.0:9801 (libp2p over TCP), 0.0.0.0:9800 (libp2p over QUIC)]");
        assertThat(node.warnings()).isEmpty();
        assertThat(Said.regtest(Said.hostWithoutLegacy(), "legacy", "off", "tcp-port", "9798"))
                .satisfies(same ->
                        assertThat(same.node().stacks()).isEqualTo(node.node().stacks()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"accept", "dial", "both"})
    void aStackThatTheProgramDoesNotHaveCannotBeUsed(String mode) {
        assertThat(Said.problems(Said.hostWithoutLegacy("PROTEUS_LEGACY", mode)))
                .containsExactly("PROTEUS_LEGACY: this build has no legacy stack; leave it out, or say off");
    }

    @Test
    void theOnlyStackOfTheProgramCannotBeOff() {
        assertThat(Said.problems(Said.hostWithoutLegacy(), "libp2p", "off", "peer", "203.0.113.7:9801"))
                .containsExactly("--libp2p: this build has no other stack, so that this node could talk to nobody; "
                        + "leave it on");
    }

    @Test
    void whoNeitherDialsNorIsDialledIsWarned() throws MisconfigurationException {
        String warning = "no stack dials, and nobody may connect: this node will talk to nobody";

        assertThat(Said.regtest("legacy", "accept", "libp2p", "accept", "no-incoming", "true")
                        .warnings())
                .containsExactly(warning);
        assertThat(Said.regtest("legacy", "off", "libp2p", "accept", "max-num-peers", "0")
                        .warnings())
                .containsExactly(warning);
        assertThat(Said.regtest("legacy", "accept", "libp2p", "dial", "no-incoming", "true")
                        .warnings())
                .isEmpty();
    }

    @Test
    void theStacksCannotShareATcpPort() throws MisconfigurationException {
        assertThat(Said.problems("tcp-port", "9798"))
                .containsExactly("--tcp-port: both stacks would listen on TCP port 9798, which is also that of "
                        + "--peer-port; give them two ports");
        assertThat(Said.problems(Said.host("PROTEUS_PEER_PORT", "9801")))
                .containsExactly("--tcp-port: both stacks would listen on TCP port 9801, which is also that of "
                        + "PROTEUS_PEER_PORT; give them two ports");
        assertThat(Said.problems("tcp-port", "7", "peer-port", "7")).hasSize(1);
        assertThat(Said.regtest("tcp-port", "9798", "peer-port", "9801").node().listenEndpoints())
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "quic-port, 9798, peer-port, 9798",
        "quic-port, 9801, peer-port, 9798",
        "tcp-port,  0,    peer-port, 0",
        "tcp-port,  9798, legacy,    off",
        "tcp-port,  9798, legacy,    dial",
        "tcp-port,  9798, libp2p,    dial",
        "tcp-port,  9798, no-incoming, true",
    })
    void aPortMayBeSaidTwiceWhereNoTwoTcpSocketsListenOnIt(String flag, String value, String other, String otherValue)
            throws MisconfigurationException {
        assertThat(Said.regtest(flag, value, other, otherValue).warnings()).isEmpty();
    }

    @Test
    void aPortThatCannotBeReadIsNotTakenForTheDefault() {
        assertThat(Said.problems("tcp-port", "x", "peer-port", "9801"))
                .containsExactly("--tcp-port: 'x' is not a whole number from 0 to 65535");
        assertThat(Said.problems("quic-port", "65536"))
                .containsExactly("--quic-port: '65536' is not a whole number from 0 to 65535");
    }

    @Test
    void aMappedAddressToListenOnIsAsGoodAsThePlainOne() throws MisconfigurationException {
        NodeConfiguration node = Said.regtest("peer-listen-addr", "::ffff:127.0.0.1");

        assertThat(node.listenCandidates()).containsExactly(Said.ip("127.0.0.1"));
        assertThat(node.node().listenEndpoints())
                .allMatch(endpoint -> endpoint.address().ip().equals(Said.ip("127.0.0.1")));
    }
}
