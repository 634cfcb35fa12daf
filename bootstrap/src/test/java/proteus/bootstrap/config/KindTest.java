package proteus.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KindTest {

    @ParameterizedTest
    @CsvSource({
        "64M, 67108864",
        "1G, 1073741824",
        "65536K, 67108864",
        "67108864, 67108864",
        "67108864B, 67108864",
        "1g, 1073741824",
        "999999999999999999G, 9223372036854775807"
    })
    void aSizeIsANumberWithAUnit(String text, long bytes) throws BadValueException {
        assertThat(Kind.size(64L << 20).read(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "1.5G", "-1G", "1T", "1 G", "1GB", "9999999999999999999", "63M"})
    void anythingElseIsNoSize(String text) {
        assertThatThrownBy(() -> Kind.size(64L << 20).read(text)).isInstanceOf(BadValueException.class);
    }

    @Test
    void aSizeThatIsTooSmallIsToldTheLeast() {
        assertThatThrownBy(() -> Kind.size(64L << 20).read("1M")).hasMessage("'1M' is less than 64M");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "4, 4", "2147483647, 2147483647", "2147483648, 2147483647", "18446744073709551615, 2147483647"})
    void aCountIsAsMuchOfUpstreamsAsAnIntHolds(String text, int count) throws BadValueException {
        assertThat(Kind.count().read(text)).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.0", "1e3", "0x10", "18446744073709551616", "٣"})
    void anythingElseIsNoCount(String text) {
        assertThatThrownBy(() -> Kind.count().read(text)).isInstanceOf(BadValueException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "0.5, 0.5", ".25, 0.25", "1.0, 1", "1., 1", "0.00001, 0.00001"})
    void aFractionIsFromZeroToOne(String text, double fraction) throws BadValueException {
        assertThat(Kind.fraction().read(text)).isEqualTo(fraction);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "1.01", "-0.5", "NaN", "half"})
    void anythingElseIsNoFraction(String text) {
        assertThatThrownBy(() -> Kind.fraction().read(text)).isInstanceOf(BadValueException.class);
    }

    @ParameterizedTest
    @CsvSource({"1.1, 1.1", "3, 3", "1000, 1000", "2.50, 2.5", "1.0000000001, 1.0000000001"})
    void aRatioIsMoreThanOne(String text, double ratio) throws BadValueException {
        assertThat(Kind.ratio(1000).read(text)).isEqualTo(ratio);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.0", "0.5", "-3", "1000.1", "3.", ".5", "1e2", "NaN", "Infinity", "12345678901"})
    void anythingElseIsNoRatio(String text) {
        assertThatThrownBy(() -> Kind.ratio(1000).read(text))
                .isInstanceOf(BadValueException.class)
                .hasMessage("'" + text + "' is not a number of more than 1, up to 1000");
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7,                       203.0.113.7",
        "203.0.113.7:9798,                  203.0.113.7",
        "2001:db8::1,                       2001:db8::1",
        "[2001:db8::1]:9798,                2001:db8::1",
        "::ffff:203.0.113.7,                203.0.113.7",
        "/ip4/203.0.113.7,                  203.0.113.7",
        "/ip4/203.0.113.7/tcp/9801,         203.0.113.7",
        "/ip4/203.0.113.7/udp/9800/quic-v1, 203.0.113.7",
        "/ip6/2001:db8::1/tcp/9801/p2p/12D, 2001:db8::1",
        "/ip6/::ffff:203.0.113.7/udp/9800,  203.0.113.7",
        "/ip4/203.0.113.7/tcp/443/ws,       203.0.113.7",
        "/ip4/203.0.113.7/p2p-circuit,      203.0.113.7",
    })
    void aBanTakesTheIpOfAnyAddress(String text, String ip) throws BadValueException {
        assertThat(AddressText.ip(text)).hasToString(ip);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "peer.example", "/dns/peer.example/tcp/9801", "/p2p/12D", "/ip4", "/ip4/::1", "203.0.113"})
    void anAddressWithoutAnIpCannotBeBanned(String text) {
        assertThatThrownBy(() -> AddressText.ip(text))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining("is not an address with an IP");
    }
}
