package proteus.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The identity, the public addresses and the quotas of a node on libp2p. */
class Libp2pConfigurationTest {

    private static final Path USUAL_FILE = Path.of("/home/node/.local/share/proteus/regtest/network/identity.key");

    private static IdentityChoice identity(String... flags) throws MisconfigurationException {
        return Said.regtest(flags).libp2p().identity();
    }

    @Test
    void theIdentityIsInAFileOfTheNetwork() throws MisconfigurationException {
        assertThat(identity()).isEqualTo(new IdentityChoice.Stored(USUAL_FILE, false));
        assertThat(identity("new-identity", "true")).isEqualTo(new IdentityChoice.Stored(USUAL_FILE, true));
        assertThat(identity("new-identity", "false")).isEqualTo(new IdentityChoice.Stored(USUAL_FILE, false));
        assertThat(identity("data-dir", "/data"))
                .isEqualTo(new IdentityChoice.Stored(Path.of("/data/regtest/network/identity.key"), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/keys/node.key", "node.key", "keys/node.key"})
    void theOperatorMayNameTheFileAndARelativeOneStaysSo(String file) throws MisconfigurationException {
        assertThat(identity("identity-file", file)).isEqualTo(new IdentityChoice.Stored(Path.of(file), false));
        assertThat(identity("identity-file", file, "new-identity", "true", "data-dir", "/data"))
                .isEqualTo(new IdentityChoice.Stored(Path.of(file), true));
    }

    @Test
    void incognitoTakesPrecedence() throws MisconfigurationException {
        assertThat(identity("incognito", "true", "identity-file", "/keys/node.key", "new-identity", "true"))
                .isEqualTo(new IdentityChoice.OfRun());
        assertThat(identity("incognito", "false", "identity-file", "/keys/node.key"))
                .isEqualTo(new IdentityChoice.Stored(Path.of("/keys/node.key"), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/home/node/.local/share/neptune/main/network/identity.key",
                "/home/node/.local/share/proteus/../neptune/identity.key"
            })
    void theFileOfTheRealNodeIsRefusedUnlessItIsNotTouched(String file) throws MisconfigurationException {
        assertThat(Said.problems("identity-file", file))
                .containsExactly("--identity-file: " + file
                        + " belongs to neptune-core, whose files must not be touched; name a copy of it");
        assertThat(identity("identity-file", file, "incognito", "true")).isEqualTo(new IdentityChoice.OfRun());
    }

    @Test
    void anIdentityFileWithoutANameIsRefused() {
        assertThat(Said.problems("identity-file", "")).containsExactly("--identity-file: the value is empty");
    }

    @Test
    void publicAddressesAreKeptInTheirOrderEachOnce() throws MisconfigurationException {
        assertThat(Said.regtest(
                                "public-ip",
                                "2001:db8::1",
                                "public-ip",
                                "203.0.113.1",
                                "public-ip",
                                "::ffff:203.0.113.1",
                                "public-ip",
                                "2001:DB8:0::1")
                        .libp2p()
                        .publicIps())
                .containsExactly(Said.ip("2001:db8::1"), Said.ip("203.0.113.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"node.example", "203.0.113.1:9801", "/ip4/203.0.113.1", ""})
    void whatIsNoIpIsNoPublicOne(String text) {
        assertThat(Said.problems("public-ip", text))
                .containsExactly("--public-ip: '" + text + "' is not an IP address");
    }

    @ParameterizedTest
    @CsvSource({
        "4,  1,          1,    4, 1,          1",
        "0,  70,         1000, 0, 70,         1000",
        "99, 4294967296, 6,   99, 2147483647, 6",
    })
    void theQuotasAreWhatTheOperatorSays(
            String perIp, String perPrefix, String attempts, int openPerIp, int openPerPrefix, int attemptsPerMinute)
            throws MisconfigurationException {
        NodeConfiguration node = Said.regtest(
                "max-connections-per-ip",
                perIp,
                "max-connections-per-prefix",
                perPrefix,
                "max-connection-attempts-per-ip-per-minute",
                attempts);

        assertThat(node.quotas()).isEqualTo(new SourceQuotaSettings(openPerIp, openPerPrefix, attemptsPerMinute));
        assertThat(node.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1001", "18446744073709551615"})
    void moreAttemptsThanAreCountedAreTakenAsThoseAndWarnedAbout(String attempts) throws MisconfigurationException {
        NodeConfiguration node = Said.regtest("max-connection-attempts-per-ip-per-minute", attempts);

        assertThat(node.quotas().attemptsPerMinute()).isEqualTo(1000);
        assertThat(node.warnings())
                .containsExactly(
                        "--max-connection-attempts-per-ip-per-minute is taken as 1000, the most that is counted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-connections-per-prefix", "max-connection-attempts-per-ip-per-minute"})
    void aQuotaOfNothingPointsToTheFlagForThat(String flag) {
        assertThat(Said.problems(flag, "0"))
                .containsExactly(
                        "--" + flag + ": 0 would let nobody connect; say so with --no-incoming, or give 1 or more");
        assertThat(Said.problems(flag, "-1"))
                .singleElement()
                .asString()
                .startsWith("--" + flag + ": '-1' is not a whole number");
    }

    @ParameterizedTest
    @CsvSource({"-1, 8, 6", "4, 0, 6", "4, -1, 6", "4, 8, 0", "4, 8, 1001"})
    void quotasOutsideTheirRangesAreADefect(int openPerIp, int openPerPrefix, int attemptsPerMinute) {
        assertThatThrownBy(() -> new SourceQuotaSettings(openPerIp, openPerPrefix, attemptsPerMinute))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theConfigurationOfARunKeepsNothing() {
        assertThat(Libp2pConfiguration.ofRun())
                .isEqualTo(new Libp2pConfiguration(new IdentityChoice.OfRun(), List.of(), true));
    }
}
