package proteus.adapters.libp2p.engine.multiaddr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTextTest {

    private static final long SEED = 20_261_126;

    @ParameterizedTest
    @CsvSource({
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:DB8::A, 2001:db8::a",
        "2001:0db8:0000:0000:0000:0000:0000:0001, 2001:db8::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "1:2:3:4:5:6::, 1:2:3:4:5:6::",
        "::ffff:203.0.113.7, ::ffff:203.0.113.7",
        "::ffff:cb00:7107, ::ffff:203.0.113.7",
        "0:0:0:0:0:ffff:203.0.113.7, ::ffff:203.0.113.7",
        "::1.2.3.4, ::102:304",
        "64:ff9b::1.2.3.4, 64:ff9b::102:304",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "fe80::1, fe80::1"
    })
    void everyFormOfVersion6IsReadAndOneWritten(String text, String canonical) throws Exception {
        byte[] address = Ip6Text.parse(text);

        assertThat(Ip6Text.format(address)).isEqualTo(canonical);
        assertThat(Ip6Text.parse(canonical)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "::::",
                "1",
                "1:2",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                ":2:3:4:5:6:7:8",
                "1::2::3",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4::5:6:7:8",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7:8::",
                "12345::",
                "g::",
                "::1.2.3",
                "::1.2.3.4.5",
                "::256.1.1.1",
                "1.2.3.4::",
                "::1.2.3.4:1",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1%0",
                "[::1]",
                "::1 ",
                "::-1",
                "::+1",
                "::٤",
                "::１",
                "1.2.3.4",
                "localhost",
                "::ffff:01.2.3.4"
            })
    void otherTextsAreNoAddressOfVersion6(String text) {
        assertThatThrownBy(() -> Ip6Text.parse(text)).isInstanceOf(MalformedMultiaddrException.class);
    }

    @Test
    void whatIsWrittenTheJdkReadsAsTheSame() throws Exception {
        Random random = new Random(SEED);

        for (int i = 0; i < 2_000; i++) {
            byte[] address = new byte[Ip6Text.BYTES];
            for (int group = 0; group < 8; group++) {
                if (random.nextInt(2) == 0) {
                    address[2 * group] = (byte) (random.nextInt(2) == 0 ? 0 : random.nextInt());
                    address[2 * group + 1] = (byte) random.nextInt();
                }
            }
            String text = Ip6Text.format(address);

            InetAddress read = Inet6Address.ofLiteral(text);
            assertThat(Ip6Text.parse(text)).as("seed %d, %s", SEED, text).isEqualTo(address);
            assertThat(read).as("seed %d, %s", SEED, text).isEqualTo(InetAddress.getByAddress(address));
            assertThat(text).as("seed %d", SEED).doesNotContain(":::").doesNotContain(":0:0:0:0");
        }
    }
}
