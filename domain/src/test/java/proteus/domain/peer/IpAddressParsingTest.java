package proteus.domain.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.domain.generator.Seeds;

class IpAddressParsingTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:DB8::A, 2001:db8::a",
        "2001:0db8:0000:0000:0000:0000:0000:0001, 2001:db8::1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "1:2:3::5:6:7:8, 1:2:3:0:5:6:7:8",
        "::ffff:203.0.113.7, ::ffff:203.0.113.7",
        "::ffff:cb00:7107, ::ffff:203.0.113.7",
        "0:0:0:0:0:ffff:203.0.113.7, ::ffff:203.0.113.7",
        "::1.2.3.4, ::102:304",
        "64:ff9b::1.2.3.4, 64:ff9b::102:304",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "fe80::1, fe80::1"
    })
    void anAddressIsReadAndWrittenInItsCanonicalText(String text, String canonical) {
        assertThat(IpAddress.parse(text))
                .hasValueSatisfying(ip -> assertThat(ip).hasToString(canonical));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                ":",
                ":::",
                "::::",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "256.1.1.1",
                "1.2.3.999",
                "1.2.3.1000",
                "01.2.3.4",
                "1.2.3.00",
                "0x7f.0.0.1",
                "127.1",
                "2130706433",
                "+1.2.3.4",
                "-1.2.3.4",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4\n",
                "1.2.3.4:80",
                "1.2.3.٤",
                "１.2.3.4",
                "localhost",
                "example.org",
                "[::1]",
                "::1:",
                ":1::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4::5:6:7:8",
                "1::2::3",
                "12345::",
                "g::",
                "::٤",
                "::-1",
                "::+1",
                "::1.2.3",
                "::1.2.3.256",
                "::01.2.3.4",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::2:3:4:5:6:7:1.2.3.4",
                "1:2:3:4:5:1.2.3.4",
                "fe80::1%eth0",
                "fe80::1%1",
                "::1/128",
                "1.2.3.4/8",
                "::1\u0000"
            })
    void rubbishIsNoAddress(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Test
    void longTextIsRefusedUnread() {
        assertThat(IpAddress.parse(":".repeat(10_000_000))).isEmpty();
        assertThat(PeerAddress.parse("1".repeat(10_000_000) + ":1")).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void whatIsWrittenIsReadAgain(long seed) {
        Seeds.check(seed, random -> {
            IpAddress ip = address(random);

            assertThat(IpAddress.parse(ip.toString())).contains(ip);
            assertThat(PeerAddress.parse(new PeerAddress(ip, random.nextInt(65_536)).toString()))
                    .map(PeerAddress::ip)
                    .contains(ip);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void thePlatformReadsTheSameBytes(long seed) {
        Seeds.check(seed, random -> {
            IpAddress ip = address(random);

            assertThat(InetAddress.ofLiteral(ip.toString()).getAddress())
                    .isEqualTo(ip.canonical().toBytes());
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("proteus.domain.generator.Seeds#some")
    void damagedTextIsReadOrNotButNeverFails(long seed) {
        Seeds.check(seed, random -> {
            StringBuilder text = new StringBuilder(address(random).toString());
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                text.insert(random.nextInt(text.length() + 1), ":.0f%[]9".charAt(random.nextInt(8)));
            }

            IpAddress.parse(text.toString())
                    .ifPresent(ip -> assertThat(IpAddress.parse(ip.toString())).contains(ip));
            PeerAddress.parse(text.toString())
                    .ifPresent(address ->
                            assertThat(PeerAddress.parse(address.toString())).contains(address));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7:9798, 203.0.113.7:9798",
        "203.0.113.7:0, 203.0.113.7:0",
        "203.0.113.7:00080, 203.0.113.7:80",
        "[::1]:65535, [::1]:65535",
        "[fe80::1%2]:9798, [fe80::1]:9798",
        "[::ffff:203.0.113.7]:9798, [::ffff:203.0.113.7]:9798"
    })
    void aPeerAddressIsRead(String text, String written) {
        assertThat(PeerAddress.parse(text))
                .hasValueSatisfying(address -> assertThat(address).hasToString(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "203.0.113.7",
                "203.0.113.7:",
                "203.0.113.7:65536",
                "203.0.113.7:999999",
                "203.0.113.7:-1",
                "203.0.113.7:+1",
                "203.0.113.7: 1",
                ":9798",
                "::1",
                "::1:9798",
                "[::1]",
                "[::1]9798",
                "[::1:9798",
                "::1]:9798",
                "[]:9798",
                "[203.0.113.7]:9798",
                "[fe80::1%eth0]:9798",
                "[fe80::1%]:9798",
                "localhost:9798",
                "/ip4/203.0.113.7/tcp/9798"
            })
    void rubbishIsNoPeerAddress(String text) {
        assertThat(PeerAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "9.255.255.255, false, false, false, false",
        "10.0.0.0, true, false, false, false",
        "10.255.255.255, true, false, false, false",
        "11.0.0.0, false, false, false, false",
        "172.15.255.255, false, false, false, false",
        "172.16.0.0, true, false, false, false",
        "172.31.255.255, true, false, false, false",
        "172.32.0.0, false, false, false, false",
        "192.167.255.255, false, false, false, false",
        "192.168.0.0, true, false, false, false",
        "192.168.255.255, true, false, false, false",
        "192.169.0.0, false, false, false, false",
        "126.255.255.255, false, false, false, false",
        "127.0.0.0, false, true, false, false",
        "127.255.255.255, false, true, false, false",
        "128.0.0.0, false, false, false, false",
        "169.253.255.255, false, false, false, false",
        "169.254.0.0, false, false, true, false",
        "169.254.255.255, false, false, true, false",
        "169.255.0.0, false, false, false, false",
        "203.0.113.7, false, false, false, false",
        "::ffff:10.1.2.3, true, false, false, false",
        "::ffff:127.0.0.1, false, true, false, false",
        "::ffff:169.254.0.1, false, false, true, false",
        "::, false, false, false, false",
        "::1, false, true, false, false",
        "::2, false, false, false, false",
        "1::1, false, false, false, false",
        "fe7f:ffff::, false, false, false, false",
        "fe80::, false, false, true, false",
        "febf:ffff::1, false, false, true, false",
        "fec0::, false, false, false, false",
        "fbff:ffff::, false, false, false, false",
        "fc00::, false, false, false, true",
        "fdff:ffff::1, false, false, false, true",
        "fe00::, false, false, false, false",
        "2001:db8::1, false, false, false, false"
    })
    void localAddressesAreKnownByTheirRanges(
            String text, boolean isPrivate, boolean loopback, boolean linkLocal, boolean uniqueLocal) {
        IpAddress ip = IpAddress.parse(text).orElseThrow();

        assertThat(ip.isPrivate()).isEqualTo(isPrivate);
        assertThat(ip.isLoopback()).isEqualTo(loopback);
        assertThat(ip.isLinkLocal()).isEqualTo(linkLocal);
        assertThat(ip.isUniqueLocal()).isEqualTo(uniqueLocal);
        assertThat(ip.isLocal()).isEqualTo(isPrivate || loopback || linkLocal || uniqueLocal);
    }

    @Test
    void aPeerAddressHasACanonicalFormToo() {
        assertThat(PeerAddress.parse("[::ffff:203.0.113.7]:9798").map(PeerAddress::canonical))
                .isEqualTo(PeerAddress.parse("203.0.113.7:9798"));
    }

    private static IpAddress address(RandomGenerator random) {
        byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
        random.nextBytes(bytes);
        // Runs of zeros are where texts differ.
        for (int i = random.nextInt(4); i > 0; i--) {
            int group = 2 * random.nextInt(bytes.length / 2);
            bytes[group] = 0;
            bytes[group + 1] = (byte) random.nextInt(2);
        }
        return IpAddress.of(bytes);
    }
}
