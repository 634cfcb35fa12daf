package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "cb007107, 203.0.113.7",
        "00000000, 0.0.0.0",
        "ffffffff, 255.255.255.255",
        "20010db8000000000000000000000001, 2001:db8::1",
        "00000000000000000000000000000000, ::",
        "00000000000000000000000000000001, ::1",
        "fe800000000000000000000000000000, fe80::",
        "20010db8000100010001000100010001, 2001:db8:1:1:1:1:1:1",
        "20010db8000000010001000100010001, 2001:db8:0:1:1:1:1:1",
        "20010000000000010000000000000001, 2001:0:0:1::1",
        "20010db8000000000001000000000001, 2001:db8::1:0:0:1",
        "00000000000000000000ffffcb007107, ::ffff:203.0.113.7",
        "00000000000000000001ffffcb007107, ::1:ffff:cb00:7107"
    })
    void anAddressIsWrittenAsRfc5952Says(String bytes, String text) {
        assertThat(IpAddress.of(HexFormat.of().parseHex(bytes))).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cb007107", "ff02fe80", "20010db880000000f000000000000001", "00000000000000000000ffffcb007107"})
    void theBytesComeBack(String bytes) {
        assertThat(IpAddress.of(HexFormat.of().parseHex(bytes)).toBytes())
                .isEqualTo(HexFormat.of().parseHex(bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 15, 17})
    void anotherNumberOfBytesIsRefused(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpAddress.of(new byte[length]));
    }

    @Test
    void onlyAMappedAddressHasAnotherCanonicalForm() {
        var v4 = new IpAddress.V4(0xCB007107);
        var mapped = new IpAddress.V6(0, 0xFFFF_CB00_7107L);
        var almostMapped = new IpAddress.V6(1, 0xFFFF_CB00_7107L);
        var compatible = new IpAddress.V6(0, 0xCB00_7107L);

        assertThat(mapped.canonical()).isEqualTo(v4);
        assertThat(v4.canonical()).isEqualTo(v4);
        assertThat(almostMapped.canonical()).isEqualTo(almostMapped);
        assertThat(compatible.canonical()).isEqualTo(compatible);
    }

    @Test
    void addressesAreOrderedByVersionThenAsUnsignedNumbersThenByPort() {
        List<PeerAddress> ordered = List.of(
                new PeerAddress(new IpAddress.V4(1), 2),
                new PeerAddress(new IpAddress.V4(0x80000000), 1),
                new PeerAddress(new IpAddress.V4(0x80000000), 65_535),
                new PeerAddress(new IpAddress.V6(0, 0), 1),
                new PeerAddress(new IpAddress.V6(0, -1), 1),
                new PeerAddress(new IpAddress.V6(-1, 0), 1));

        assertThat(ordered.reversed().stream().sorted()).containsExactlyElementsOf(ordered);
    }

    @Test
    void aPeerAddressIsWrittenWithItsPort() {
        assertThat(new PeerAddress(new IpAddress.V4(0xCB007107), 9798)).hasToString("203.0.113.7:9798");
        assertThat(new PeerAddress(new IpAddress.V6(0x20010DB800000000L, 1), 9798))
                .hasToString("[2001:db8::1]:9798");
        assertThatIllegalArgumentException().isThrownBy(() -> new PeerAddress(new IpAddress.V4(1), 65_536));
    }
}
