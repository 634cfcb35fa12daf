package proteus.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.application.port.PeerTarget;
import proteus.application.port.PeerTarget.Protocol;

class PeerNameTest {

    @ParameterizedTest
    @CsvSource({
        "legacy:203.0.113.7:9798,            203.0.113.7:9798,      LEGACY",
        "legacy:203.0.113.7:9801,            203.0.113.7:9801,      LEGACY",
        "legacy:[2001:db8::1]:29798,         [2001:db8::1]:29798,   LEGACY",
        "legacy:peer.example:9798,           203.0.113.9:9798,      LEGACY",
        "legacy:peer.example:1,              203.0.113.9:1,         LEGACY",
        "203.0.113.7:9798,                   203.0.113.7:9798,      LEGACY",
        "[2001:db8::1]:9798,                 [2001:db8::1]:9798,    LEGACY",
        "/ip4/203.0.113.7/tcp/9798,          203.0.113.7:9798,      LEGACY",
        "/ip6/2001:db8::1/tcp/9798,          [2001:db8::1]:9798,    LEGACY",
        "/dns/peer.example/tcp/9798,         203.0.113.9:9798,      LEGACY",
        "203.0.113.7:9801,                   203.0.113.7:9801,      EITHER",
        "[2001:db8::1]:9801,                 [2001:db8::1]:9801,    EITHER",
        "[::ffff:203.0.113.7]:9801,          203.0.113.7:9801,      EITHER",
        "/ip4/203.0.113.7/tcp/9801,          203.0.113.7:9801,      EITHER",
        "/ip6/2001:db8::1/tcp/65535,         [2001:db8::1]:65535,   EITHER",
        "/dns/peer.example/tcp/9801,         203.0.113.9:9801,      EITHER",
        "/dns4/peer.example/tcp/9801,        203.0.113.9:9801,      EITHER",
        "/dns6/peer.example/tcp/9801,        [2001:db8::9]:9801,    EITHER",
    })
    void anAddressSaysWhereThePeerIsAndWhatToSpeakThere(String text, String address, Protocol protocol)
            throws BadValueException {
        PeerTarget peer = PeerName.parse(text).resolve(Said::resolve);

        assertThat(peer.address()).hasToString(address);
        assertThat(peer.protocol()).isEqualTo(protocol);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7                         | write 203.0.113.7:9798",
                "2001:db8::1                         | write [2001:db8::1]:9798",
                "legacy:203.0.113.7                  | write legacy:203.0.113.7:9798",
                "legacy:2001:db8::1                  | write legacy:[2001:db8::1]:9798",
                "legacy:peer.example                 | write legacy:peer.example:9798",
                "/ip4/203.0.113.7                    | write /ip4/203.0.113.7/tcp/9798",
                "/ip4/203.0.113.7/tcp/9801/p2p/12D3K | needs the libp2p stack, which this version does not have yet",
                "/ip4/203.0.113.7/tcp/9798/p2p/12D3K | needs the libp2p stack",
                "/p2p/12D3K                          | needs the libp2p stack",
                "/ip4/203.0.113.7/udp/9800/quic-v1   | needs the libp2p stack",
                "/dnsaddr/peer.example               | needs the libp2p stack",
                "203.0.113.7:0                       | nobody can be dialled at port 0",
                "legacy:203.0.113.7:0                | nobody can be dialled at port 0",
                "/ip4/203.0.113.7/tcp/0              | '0' is not a whole number from 1 to 65535",
                "legacy:peer.example:65536           | '65536' is not a whole number from 1 to 65535",
                "203.0.113.7:65536                   | is not an address of a peer",
                "203.0.113.777:9798                  | is not an address of a peer",
                "legacy:203.0.113.777:9798           | is not an address of a legacy peer",
                "legacy:peer example:9798            | is not an address of a legacy peer",
                "legacy:                             | is not an address of a legacy peer",
                "peer.example:9798                   | legacy:HOST:PORT",
                "/ip4/2001:db8::1/tcp/9801           | is not an address of a peer",
                "/ip6/203.0.113.7/tcp/9801           | is not an address of a peer",
                "/tcp/9801                           | is not an address of a peer",
                "/                                   | is not an address of a peer",
                "/ip4/203.0.113.7/tcp/9801/more      | has more in it than this node can dial",
                "''                                  | is not an address of a peer",
            })
    void whatCannotBeDialledIsRefusedWithWhatToWrite(String text, String message) {
        assertThatThrownBy(() -> PeerName.parse(text))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("'");
    }

    @ParameterizedTest
    @CsvSource({
        "legacy:nobody.example:9798, the host 'nobody.example' is not known here",
        "/dns6/four.example/tcp/9801, the host 'four.example' has no address of the family",
    })
    void aHostThatIsNotFoundIsRefused(String text, String message) throws BadValueException {
        PeerName name = PeerName.parse(text);

        assertThatThrownBy(() -> name.resolve(Said::resolve))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining(message);
    }
}
