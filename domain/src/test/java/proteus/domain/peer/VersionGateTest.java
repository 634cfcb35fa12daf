package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionGateTest {

    @ParameterizedTest
    @CsvSource({
        "0.14.3,        false, false",
        "0.18.0,        false, false",
        "0.19.0-rc.1,   false, false",
        "0.19.0,        false, false",
        "0.19.0+fix,    true,  false",
        "0.19.1-alpha.1, true, false",
        "0.19.1,        true,  false",
        "0.19.3,        true,  false",
        "0.19.4-rc.1,   true,  true",
        "0.19.4,        true,  true",
        "0.20.0,        true,  true",
        "1.0.0-alpha,   true,  true",
        "v0.19.4,       false, false",
        "0.19,          false, false",
        "99999999999999999999.0.0, false, false",
        "'',            false, false"
    })
    void aGateOpensAboveItsVersion(String version, boolean above0190, boolean above0193) {
        VersionGate gate = VersionGate.of(version);

        assertThat(gate.expectsPowWitness()).isEqualTo(above0190);
        assertThat(gate.respectsTransactionRelayFlag()).isEqualTo(above0190);
        assertThat(gate.knowsTipWithParentAccumulatorRequest()).isEqualTo(above0190);
        assertThat(gate.knowsBlockProposalNotificationRequest()).isEqualTo(above0193);
    }

    @ParameterizedTest
    @CsvSource({
        "0.19.4,  0.19.4,  true",
        "0.19.4,  0.17.0,  true",
        "0.19.4,  0.17.0-alpha, true",
        "0.19.4,  0.16.99, false",
        "0.19.4,  0.14.3,  false",
        "0.16.0,  0.0.1,   true",
        "0.19.4,  0.18446744073709551615.0, true",
        "0.14.3,  0.18446744073709551615.0, false",
        "0.19.4,  1.0.0,   true",
        "0.14.3,  1.0.0,   true",
        "1.2.3,   7.0.0,   true",
        "0.19.4,  rubbish, false",
        "rubbish, rubbish, false"
    })
    void compatibilityIsAboutTheSideOfMinorVersion17(String left, String right, boolean compatible) {
        assertThat(VersionGate.of(left).isCompatibleWith(VersionGate.of(right))).isEqualTo(compatible);
        assertThat(VersionGate.of(right).isCompatibleWith(VersionGate.of(left))).isEqualTo(compatible);
    }

    @Test
    void aVersionCutOffByTheWireIsJudgedAsItArrived() {
        String thirtyOneCharacters = "0.19.4-aaaaaaaaaaaaaaaaaaaaaa.1";

        String arrived = thirtyOneCharacters.substring(0, HandshakeData.MAX_VERSION_BYTES);

        assertThat(arrived).endsWith(".");
        assertThat(VersionGate.of(thirtyOneCharacters).version()).isPresent();
        assertThat(VersionGate.of(arrived).version()).isEmpty();
    }
}
