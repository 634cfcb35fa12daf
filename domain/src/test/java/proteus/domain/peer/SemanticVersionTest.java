package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticVersionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0",
                "0.19.4",
                "18446744073709551615.18446744073709551615.18446744073709551615",
                "1.0.0-alpha",
                "1.0.0-0",
                "1.0.0-0a",
                "1.0.0-00a.-.--",
                "1.0.0--",
                "1.0.0-1-2.3",
                "1.0.0-99999999999999999999999999",
                "1.0.0+0",
                "1.0.0+007.00.x-y",
                "1.0.0-rc.1+build-5.01",
                "1.0.0+a-b"
            })
    void aVersionComesBackAsItWasWritten(String text) {
        assertThat(SemanticVersion.parse(text).map(SemanticVersion::toString)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "1.2",
                "1.2.",
                ".1.2",
                "1..2",
                "1.2.3.4",
                "v1.2.3",
                "V1.2.3",
                " 1.2.3",
                "1.2.3 ",
                "1.2.3\n",
                "01.2.3",
                "1.02.3",
                "1.2.03",
                "00.0.0",
                "1.2.x",
                "*",
                "1.2.*",
                "+1.2.3",
                "-1.2.3",
                "1.-2.3",
                "1.2.3-",
                "1.2.3+",
                "1.2.3-+",
                "1.2.3-+b",
                "1.2.3-a+",
                "1.2.3-a..b",
                "1.2.3-.a",
                "1.2.3-a.",
                "1.2.3-01",
                "1.2.3-a.00",
                "1.2.3-a_b",
                "1.2.3-ä",
                "1.2.3+a+b",
                "1.2.3+.",
                "1.2.3+a..b",
                "1.2.3+ü",
                "18446744073709551616.0.0",
                "0.18446744073709551616.0",
                "0.0.99999999999999999999",
                "0.0.100000000000000000000",
                "１.2.3",
                "1.2.٣",
                "1,2,3",
                "0x1.2.3",
                "1.2.3\u0000",
                "999999999999999999999999999999"
            })
    void rubbishIsNoVersion(String text) {
        assertThat(SemanticVersion.parse(text)).isEmpty();
    }

    @Test
    void versionsAreOrderedAsTheRustCrateOrdersThem() {
        List<String> ordered = List.of(
                "0.9.99",
                "0.19.0-0",
                "0.19.0-1",
                "0.19.0-9",
                "0.19.0-10",
                "0.19.0-99999999999999999999",
                "0.19.0-100000000000000000000",
                "0.19.0--",
                "0.19.0-A",
                "0.19.0-alpha",
                "0.19.0-alpha.1",
                "0.19.0-alpha.1.0",
                "0.19.0-alpha.beta",
                "0.19.0-beta.2",
                "0.19.0-beta.11",
                "0.19.0-rc.1",
                "0.19.0-rc.1+1",
                "0.19.0",
                "0.19.0+0",
                "0.19.0+00",
                "0.19.0+1",
                "0.19.0+01",
                "0.19.0+001",
                "0.19.0+001.0",
                "0.19.0+2",
                "0.19.0+02",
                "0.19.0+002",
                "0.19.0+10",
                "0.19.0+0010",
                "0.19.0+0a",
                "0.19.0+a",
                "0.19.1-alpha.1",
                "0.19.1",
                "0.19.10",
                "9223372036854775808.0.0",
                "18446744073709551615.0.0");

        List<SemanticVersion> versions = ordered.stream()
                .map(text -> SemanticVersion.parse(text).orElseThrow())
                .toList();

        for (int i = 0; i < versions.size(); i++) {
            for (int j = 0; j < versions.size(); j++) {
                assertThat(Integer.signum(versions.get(i).compareTo(versions.get(j))))
                        .as("%s against %s", versions.get(i), versions.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    void partsThatNoTextHasAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SemanticVersion(0, 0, 0, "01", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new SemanticVersion(0, 0, 0, "", "a+b"));
        assertThatIllegalArgumentException().isThrownBy(() -> new SemanticVersion(0, 0, 0, "a..b", ""));
    }
}
