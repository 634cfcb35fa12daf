package proteus.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.application.port.PeerTarget;
import proteus.application.port.PeerTarget.Protocol;

class PeerNameTest {

    /** What stands for ID in the tables. */
    private static final String ID = "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";

    private static PeerTarget parsed(String text) throws BadValueException {
        return PeerName.parse(text.replace("ID", ID)).resolve(Said::resolve);
    }

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
        "/ip4/203.0.113.7/udp/9800/quic-v1,  203.0.113.7:9800,      QUIC",
        "/ip4/203.0.113.7/udp/9798/quic-v1,  203.0.113.7:9798,      QUIC",
        "/ip6/2001:db8::1/udp/9800/quic-v1,  [2001:db8::1]:9800,    QUIC",
        "/dns/peer.example/udp/9800/quic-v1, 203.0.113.9:9800,      QUIC",
        "/dns6/peer.example/udp/1/quic-v1,   [2001:db8::9]:1,       QUIC",
    })
    void anAddressSaysWhereThePeerIsAndWhatToSpeakThere(String text, String address, Protocol protocol)
            throws BadValueException {
        PeerTarget peer = parsed(text);

        assertThat(peer.address()).hasToString(address);
        assertThat(peer.protocol()).isEqualTo(protocol);
        assertThat(peer.expected()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/ip4/203.0.113.7/tcp/9801/p2p/ID,             203.0.113.7:9801,     LIBP2P",
        "/ip4/203.0.113.7/tcp/9798/p2p/ID,             203.0.113.7:9798,     LIBP2P",
        "/ip6/2001:db8::1/tcp/9801/p2p/ID,             [2001:db8::1]:9801,   LIBP2P",
        "/dns/peer.example/tcp/9801/p2p/ID,            203.0.113.9:9801,     LIBP2P",
        "/dns/peer.example/tcp/9798/p2p/ID,            203.0.113.9:9798,     LIBP2P",
        "/dns6/peer.example/tcp/9801/p2p/ID,           [2001:db8::9]:9801,   LIBP2P",
        "/ip4/203.0.113.7/udp/9800/quic-v1/p2p/ID,     203.0.113.7:9800,     QUIC",
        "/ip6/2001:db8::1/udp/9800/quic-v1/p2p/ID,     [2001:db8::1]:9800,   QUIC",
        "/dns4/peer.example/udp/9800/quic-v1/p2p/ID,   203.0.113.9:9800,     QUIC",
    })
    void anIdentityBehindTheAddressIsExpectedThere(String text, String address, Protocol protocol)
            throws BadValueException {
        PeerTarget peer = parsed(text);

        assertThat(peer.address()).hasToString(address);
        assertThat(peer.protocol()).isEqualTo(protocol);
        assertThat(peer.expected()).hasToString("Optional[" + ID + "]");
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
                "/ip4/203.0.113.7/tcp                | port '' is not a whole number from 1 to 65535",
                "/dns/peer.example/tcp/65536         | port '65536' is not a whole number from 1 to 65535",
                "/dns/203.0.113.7/tcp/9801           | is not an address of a peer",
                "/dns/peer.example                   | write /dns/peer.example/tcp/9798",
                "/ip4/203.0.113.7/tcp/9801/more      | has more in it than this node can dial",
                "/ip4/203.0.113.7/tcp/9801/          | has more in it than this node can dial",
                "/ip4/203.0.113.7/sctp/9801          | has more in it than this node can dial",
                "''                                  | is not an address of a peer",
            })
    void whatCannotBeDialledIsRefusedWithWhatToWrite(String text, String message) {
        assertThatThrownBy(() -> PeerName.parse(text))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ip4/203.0.113.7/tcp/9801/p2p/ID/p2p-circuit/p2p/ID | leads through a relay (/p2p-circuit)",
                "/ip4/203.0.113.7/udp/9800/quic-v1/p2p/ID/p2p-circuit| leads through a relay (/p2p-circuit)",
                "/p2p/ID/p2p-circuit/p2p/ID                          | leads through a relay (/p2p-circuit)",
                "/p2p-circuit/p2p/ID                                 | leads through a relay (/p2p-circuit)",
                "/dns/peer.example/tcp/443/ws                        | is a WebSocket (/ws), which is not supported; write /dns/peer.example/tcp/PORT",
                "/dns/peer.example/tcp/443/tls/ws/p2p/ID             | is a WebSocket (/ws)",
                "/ip4/203.0.113.7/tcp/443/wss                        | is a WebSocket (/ws)",
                "/dnsaddr/peer.example                               | (/dnsaddr), which is not supported; write one of them",
                "/dnsaddr/peer.example/p2p/ID                        | (/dnsaddr), which is not supported; write one of them",
                "/p2p/ID                                             | write /ip4/IP/tcp/PORT/p2p/ID",
                "/ipfs/ID                                            | write /ip4/IP/tcp/PORT/p2p/ID",
                "/ip4/203.0.113.7/udp/9800/webrtc-direct             | webrtc-direct over UDP is not supported; write /ip4/203.0.113.7/udp/PORT/quic-v1",
                "/ip4/203.0.113.7/udp/9800/quic-v1/webtransport      | has more in it than this node can dial",
                "/ip4/203.0.113.7/udp/0/quic-v1                      | port '0' is not a whole number from 1 to 65535",
                "/ip4/203.0.113.7/udp/0                              | port '0' is not a whole number from 1 to 65535",
                "/ip4/203.0.113.7/udp                                | port '' is not a whole number from 1 to 65535",
                "/ip4/203.0.113.7/tcp/9801/p2p/12D3K                 | '12D3K' is not the id of a peer",
                "/ip4/203.0.113.7/udp/9800/quic-v1/p2p/0             | '0' is not the id of a peer",
                "/dns/peer.example/tcp/9801/p2p                      | '' is not the id of a peer",
                "/ip4/203.0.113.7/tcp/9801/ipfs/ID                   | has the old name /ipfs in it; write /p2p",
                "/ip4/203.0.113.7/tcp/9801/p2p/ID/tcp/1              | has more in it than this node can dial",
            })
    void whatOthersDialAndThisNodeDoesNotIsRefusedWithWhatToWrite(String text, String message) {
        assertThatThrownBy(() -> parsed(text))
                .isInstanceOf(BadValueException.class)
                .hasMessageStartingWith("'" + text.replace("ID", ID) + "'")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "/ip4/203.0.113.7/udp/9800,                 /ip4/203.0.113.7/udp/9800/quic-v1",
        "/ip4/203.0.113.7/udp/9800/,                /ip4/203.0.113.7/udp/9800/quic-v1",
        "/ip4/203.0.113.7/udp/9800/p2p/ID,          /ip4/203.0.113.7/udp/9800/quic-v1/p2p/ID",
        "/dns4/peer.example/udp/9800/quic,          /dns4/peer.example/udp/9800/quic-v1",
        "/ip6/2001:db8::1/udp/9800/quic/p2p/ID,     /ip6/2001:db8::1/udp/9800/quic-v1/p2p/ID",
        "/ip4/203.0.113.7/p2p/ID,                   /ip4/203.0.113.7/tcp/9801/p2p/ID",
        "/dns/peer.example/p2p/ID,                  /dns/peer.example/tcp/9801/p2p/ID",
        "/ip4/203.0.113.7,                          /ip4/203.0.113.7/tcp/9798",
        "203.0.113.7,                               203.0.113.7:9798",
    })
    void whatToWriteInsteadCanBeDialled(String text, String instead) throws BadValueException {
        assertThatThrownBy(() -> parsed(text)).hasMessageContaining("write " + instead.replace("ID", ID));
        assertThat(parsed(instead).address().port()).isIn(9798, 9800, 9801);
    }

    @Test
    void anIdentityStandsBehindMultiaddressesOnly() {
        assertThatThrownBy(() -> parsed("203.0.113.7:9801/p2p/ID")).hasMessageContaining("/ip4/IP/tcp/PORT/p2p/ID");
        assertThatThrownBy(() -> parsed("legacy:203.0.113.7:9798/p2p/ID"))
                .hasMessageContaining("is not an address of a legacy peer");
    }

    @ParameterizedTest
    @CsvSource({
        "legacy:nobody.example:9798, the host 'nobody.example' is not known here",
        "/dns/nobody.example/udp/9800/quic-v1, the host 'nobody.example' is not known here",
        "/dns6/four.example/tcp/9801, the host 'four.example' has no address of the family",
    })
    void aHostThatIsNotFoundIsRefused(String text, String message) throws BadValueException {
        PeerName name = PeerName.parse(text);

        assertThatThrownBy(() -> name.resolve(Said::resolve))
                .isInstanceOf(BadValueException.class)
                .hasMessageContaining(message);
    }
}
