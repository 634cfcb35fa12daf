package proteus.adapters.libp2p.engine.multiaddr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.adapters.libp2p.engine.identity.PeerId;

class MultiaddrTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final String ID = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";
    private static final String OTHER_ID = "12D3KooWM6CgA9iBFZmcYAHA6A2qvbAxqfkmrYiRQuz3XEsk4Ksv";
    private static final String ID_BYTES =
            "0024080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e";
    private static final String CID = "bafzaajaiaejcahwr5d5ofrfbis4l5d6uwr57hu5tjodrypfm6yaq6dsc2r2pzyt6";
    private static final String HASH = "12200000000000000000000000000000000000000000000000000000000000000000";

    /** Every row of the table of protocols, and the samples of the wire facts. */
    @ParameterizedTest
    @CsvSource({
        "/ip4/139.162.193.206, 048ba2c1ce",
        "/tcp/9801, 062649",
        "/tcp/0, 060000",
        "/tcp/65535, 06ffff",
        "/ip6/2001:db8::1, 2920010db8000000000000000000000001",
        "/ip6zone/eth0, 2a0465746830",
        "/dns/example.org, 350b6578616d706c652e6f7267",
        "/dns4/example.org, 360b6578616d706c652e6f7267",
        "/dns6/example.org, 370b6578616d706c652e6f7267",
        "/dnsaddr/example.org, 380b6578616d706c652e6f7267",
        "/dns/bücher.example, 350f62c3bc636865722e6578616d706c65",
        "/udp/9800, 91022648",
        "/p2p-circuit, a202",
        "/p2p/" + ID + ", a50326" + ID_BYTES,
        "/tls, c003",
        "/sni/example.org, c1030b6578616d706c652e6f7267",
        "/noise, c603",
        "/quic, cc03",
        "/quic-v1, cd03",
        "/webtransport, d103",
        "/certhash/uEiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, d20322" + HASH,
        "/ws, dd03",
        "/wss, de03",
        "/memory/1, 89060000000000000001",
        "/memory/18446744073709551615, 8906ffffffffffffffff",
        "/ip4/139.162.193.206/tcp/9801, 048ba2c1ce062649",
        "/ip4/139.162.193.206/udp/9800/quic-v1, 048ba2c1ce91022648cd03",
        "/ip4/139.162.193.206/tcp/9801/p2p/" + ID + "/p2p-circuit, 048ba2c1ce062649a50326" + ID_BYTES + "a202"
    })
    void anAddressIsReadAndWrittenInBothForms(String text, String hex) throws Exception {
        Multiaddr read = Multiaddr.decode(HEX.parseHex(hex));
        Multiaddr parsed = Multiaddr.parse(text);

        assertThat(read).hasToString(text).isEqualTo(parsed).hasSameHashCodeAs(parsed);
        assertThat(parsed.encoded()).isEqualTo(HEX.parseHex(hex));
        assertThat(read.components()).isEqualTo(parsed.components());
    }

    @Test
    void everyProtocolOfTheTableIsAmongThoseRows() {
        assertThat(Arrays.stream(Protocol.values()).map(Protocol::code))
                .containsExactly(
                        4, 6, 41, 42, 53, 54, 55, 56, 273, 290, 421, 448, 449, 454, 460, 461, 465, 466, 477, 478, 777);
    }

    @ParameterizedTest
    @CsvSource({
        "/ipfs/" + ID + ", /p2p/" + ID,
        "/p2p/" + CID + ", /p2p/" + ID,
        "/ip6/2001:DB8:0:0:0:0:0:1, /ip6/2001:db8::1",
        "/certhash/zQmNLei78zWmzUdbeRB3CiUfAizWUrbeeZh5K1rhAQKCh51, "
                + "/certhash/uEiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "/unknown/F303, /unknown/f303"
    })
    void anotherTextOfTheSameAddressIsReadButNotWritten(String text, String canonical) throws Exception {
        assertThat(Multiaddr.parse(text)).hasToString(canonical).isEqualTo(Multiaddr.parse(canonical));
    }

    @Test
    void whatFollowsAnUnknownProtocolIsKept() throws Exception {
        byte[] bytes = HEX.parseHex("048ba2c1ce062649" + "f303" + "01020304" + "062649");

        Multiaddr address = Multiaddr.decode(bytes);

        assertThat(address.encoded()).isEqualTo(bytes);
        assertThat(address).hasToString("/ip4/139.162.193.206/tcp/9801/unknown/f30301020304062649");
        assertThat(Multiaddr.parse(address.toString())).isEqualTo(address);
        assertThat(address.components()).hasSize(3);
        assertThat(address.components().getLast().protocol()).isEmpty();
        assertThat(address.components().getLast().value()).isEqualTo(HEX.parseHex("f30301020304062649"));
        assertThat(address.tcpAddress()).isEmpty();
        assertThat(address.quicAddress()).isEmpty();
        assertThat(address.peerId()).isEmpty();
        assertThat(address.withPeerId(PeerId.parse(ID))).isEqualTo(address);
        assertThat(address.withoutPeerId()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//",
                "ip4/1.2.3.4",
                " /ip4/1.2.3.4",
                "/ip4/1.2.3.4/",
                "/ip4//tcp/1",
                "/ip4",
                "/ip4/1.2.3",
                "/ip4/1.2.3.4.5",
                "/ip4/1.2.3.256",
                "/ip4/1.2.3.04",
                "/ip4/1.2.3.+4",
                "/ip4/1.2.3.٤",
                "/ip4/localhost",
                "/IP4/1.2.3.4",
                "/ip6/::1%eth0",
                "/ip6/example.org",
                "/tcp/65536",
                "/tcp/-1",
                "/tcp/+1",
                "/tcp/01",
                "/tcp/1 ",
                "/tcp/١",
                "/tcp/",
                "/tcp",
                "/udp/99999999999999999999999999",
                "/memory/18446744073709551616",
                "/memory/99999999999999999999",
                "/dns/",
                "/dns/a b",
                "/dns/a\nb",
                "/dns/a\u202eb",
                "/dns/a\ud800b",
                "/p2p/",
                "/p2p/abc",
                "/p2p/12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3p",
                "/certhash/uAA",
                "/certhash/EiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "/onion3/abc",
                "/unknown",
                "/unknown/",
                "/unknown/f",
                "/unknown/f3",
                "/unknown/xyz",
                "/unknown/048ba2c1ce",
                "/unknown/f303/tcp/1",
                "/quic-v1/1"
            })
    void otherTextsAreRefused(String text) {
        assertThatThrownBy(() -> Multiaddr.parse(text)).isInstanceOf(MalformedMultiaddrException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80",
                // A port, an address, a name that are cut off; a name of more bytes than there are, or than a varint
                // holds.
                "0626",
                "048ba2c1",
                "2920010db8",
                "8906000000000000",
                "35",
                "350b6578",
                "35ffffffff0f61",
                "35ffffffffffffffff7f61",
                "35ffffffffffffffffffff0161",
                // Codes and lengths that are not minimal.
                "84008ba2c1ce",
                "35810061",
                // Names: empty, no UTF-8, with a slash, a zero, a line break.
                "3500",
                "3501ff",
                "3503612f62",
                "35036100",
                "3503610a62",
                // Peer ids: empty, of another hash, of a wrong length.
                "a50300",
                "a503021300",
                "a503031220ff",
                // Hashes of a certificate: empty, longer or shorter than they say.
                "d20300",
                "d203021200",
                "d20303120200",
                "d20304120100ff"
            })
    void otherBytesAreRefused(String hex) {
        assertThatThrownBy(() -> Multiaddr.decode(HEX.parseHex(hex))).isInstanceOf(MalformedMultiaddrException.class);
    }

    @Test
    void aFaultInBytesSaysWhereItIs() {
        assertThatThrownBy(() -> Multiaddr.decode(HEX.parseHex("048ba2c1ce35ff0161")))
                .hasMessage("at byte 5: dns with 255 bytes, of which 1 are there");
    }

    @Test
    void aFaultInTextShowsNoControlCharacters() {
        assertThatThrownBy(() -> Multiaddr.parse("/\u001b[31mred\n" + "x".repeat(100)))
                .hasMessage("no protocol is called '?[31mred?" + "x".repeat(55) + "…'");
    }

    @Test
    void theLimitsAreExact() throws Exception {
        // 255 bytes of name take three bytes more.
        String name = "/dns/" + "a".repeat(255);
        String longest = name.repeat(3) + "/dns/" + "a".repeat(247);
        byte[] encoded = Multiaddr.parse(longest).encoded();

        assertThat(encoded).hasSize(Multiaddr.MAX_ENCODED_BYTES);
        assertThat(Multiaddr.decode(encoded)).hasToString(longest);
        assertThatThrownBy(() -> Multiaddr.parse(longest + "a"))
                .hasMessage("an address of 1025 bytes, of at most 1024");
        assertThatThrownBy(() -> Multiaddr.decode(Arrays.copyOf(encoded, 1_025)))
                .hasMessage("an address of 1025 bytes, of at most 1024");
        assertThatThrownBy(() -> Multiaddr.parse("/dns/" + "a".repeat(256)))
                .hasMessage("a name of 256 bytes, of 1 to 255");
        assertThat(Multiaddr.parse("/tls".repeat(32)).components()).hasSize(32);
        assertThatThrownBy(() -> Multiaddr.parse("/tls".repeat(33))).hasMessage("more than 32 components");
        assertThatThrownBy(() -> Multiaddr.decode(HEX.parseHex("c003".repeat(33))))
                .hasMessage("at byte 64: more than 32 components");
        assertThatThrownBy(() -> Multiaddr.parse("/tls".repeat(10_000_000)))
                .hasMessage("an address of 40000000 characters, of at most 4096");
    }

    @Test
    void anAddressNamesThePeerAtItsEnd() throws Exception {
        Multiaddr bare = Multiaddr.parse("/ip4/192.0.2.1/tcp/1");
        Multiaddr full = Multiaddr.parse("/ip4/192.0.2.1/tcp/1/p2p/" + ID);
        Multiaddr circuit = Multiaddr.parse("/ip4/192.0.2.1/tcp/1/p2p/" + ID + "/p2p-circuit");
        PeerId peer = PeerId.parse(ID);
        PeerId other = PeerId.parse(OTHER_ID);

        assertThat(bare.peerId()).isEmpty();
        assertThat(full.peerId()).contains(peer);
        assertThat(circuit.peerId()).isEmpty();
        assertThat(bare.withPeerId(peer)).isEqualTo(full);
        assertThat(full.withPeerId(peer)).isEqualTo(full);
        assertThat(full.withPeerId(other)).isEqualTo(bare.withPeerId(other));
        assertThat(circuit.withPeerId(other)).hasToString(circuit + "/p2p/" + OTHER_ID);
        assertThat(circuit.withPeerId(other).peerId()).contains(other);
        assertThat(full.withoutPeerId()).isEqualTo(bare);
        assertThat(bare.withoutPeerId()).isEqualTo(bare);
        assertThat(circuit.withoutPeerId()).isEqualTo(circuit);
        assertThat(circuit.isCircuit()).isTrue();
        assertThat(full.isCircuit()).isFalse();
    }

    @Test
    void anAddressThatIsAPeerAloneStaysOne() throws Exception {
        Multiaddr alone = Multiaddr.parse("/p2p/" + ID);

        assertThat(alone.withoutPeerId()).isEqualTo(alone);
        assertThat(alone.withPeerId(PeerId.parse(OTHER_ID))).hasToString("/p2p/" + OTHER_ID);
        assertThat(alone.tcpAddress()).isEmpty();
        assertThat(alone.ip()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/ip4/192.0.2.1/tcp/9801, 192.0.2.1, 9801",
        "/ip4/192.0.2.1/tcp/65535/p2p/" + ID + ", 192.0.2.1, 65535",
        "/ip6/2001:db8::1/tcp/9801, 2001:db8::1, 9801",
        "/ip6/::ffff:192.0.2.1/tcp/9801, 192.0.2.1, 9801"
    })
    void aTcpAddressIsDialledByTcp(String text, String host, int port) throws Exception {
        Multiaddr address = Multiaddr.parse(text);

        InetSocketAddress expected = new InetSocketAddress(InetAddress.ofLiteral(host), port);
        assertThat(address.tcpAddress()).contains(expected);
        assertThat(address.quicAddress()).isEmpty();
        assertThat(address.ip()).contains(expected.getAddress());
    }

    @ParameterizedTest
    @CsvSource({
        "/ip4/192.0.2.1/udp/9800/quic-v1, 192.0.2.1, 9800",
        "/ip6/2001:db8::1/udp/9800/quic-v1/p2p/" + ID + ", 2001:db8::1, 9800"
    })
    void aQuicAddressIsDialledByQuic(String text, String host, int port) throws Exception {
        Multiaddr address = Multiaddr.parse(text);

        assertThat(address.quicAddress()).contains(new InetSocketAddress(InetAddress.ofLiteral(host), port));
        assertThat(address.tcpAddress()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ip4/192.0.2.1",
                "/tcp/1",
                "/tcp/1/ip4/192.0.2.1",
                "/dns/example.org/tcp/1",
                "/dns4/example.org/udp/1/quic-v1",
                "/ip4/192.0.2.1/udp/1",
                "/ip4/192.0.2.1/udp/1/quic",
                "/ip4/192.0.2.1/tcp/1/quic-v1",
                "/ip4/192.0.2.1/tcp/1/ws",
                "/ip4/192.0.2.1/tcp/1/tls",
                "/ip4/192.0.2.1/tcp/1/tcp/1",
                "/ip4/192.0.2.1/udp/1/quic-v1/webtransport",
                "/ip4/192.0.2.1/p2p/" + ID + "/tcp/1",
                "/ip4/192.0.2.1/tcp/1/p2p/" + ID + "/p2p-circuit",
                "/ip4/192.0.2.1/tcp/1/p2p/" + ID + "/p2p-circuit/p2p/" + ID,
                "/ip4/192.0.2.1/tcp/1/p2p/" + ID + "/p2p/" + ID,
                "/ip6zone/eth0/ip6/fe80::1/tcp/1",
                "/memory/1"
            })
    void anotherAddressIsDialledByNeither(String text) throws Exception {
        Multiaddr address = Multiaddr.parse(text);

        assertThat(address.tcpAddress()).isEmpty();
        assertThat(address.quicAddress()).isEmpty();
    }

    @Test
    void aSocketAddressBecomesAMultiaddr() throws Exception {
        InetSocketAddress four = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 65_535);
        InetSocketAddress six = new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 1);
        byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();
        InetSocketAddress scoped = new InetSocketAddress(Inet6Address.getByAddress("", linkLocal, 2), 1);

        assertThat(Multiaddr.ofTcp(four)).hasToString("/ip4/192.0.2.1/tcp/65535");
        assertThat(Multiaddr.ofQuic(six)).hasToString("/ip6/2001:db8::1/udp/1/quic-v1");
        assertThat(Multiaddr.ofTcp(scoped)).hasToString("/ip6/fe80::1/tcp/1");
        assertThat(Multiaddr.ofTcp(four).tcpAddress()).contains(four);
        assertThat(Multiaddr.ofQuic(six).quicAddress()).contains(six);
        assertThatThrownBy(() -> Multiaddr.ofTcp(InetSocketAddress.createUnresolved("example.org", 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void componentsTellProtocolAndValue() throws Exception {
        List<Component> components =
                Multiaddr.parse("/dns/example.org/tcp/443/wss").components();

        assertThat(components).map(Component::protocol).allMatch(each -> each.isPresent());
        assertThat(components).map(Component::text).containsExactly("example.org", "443", "");
        assertThat(components).map(Component::toString).containsExactly("/dns/example.org", "/tcp/443", "/wss");
        assertThat(components.get(1).value()).containsExactly(1, 0xBB);
        assertThat(components.get(1).is(Protocol.TCP)).isTrue();
        assertThat(components.get(1).is(Protocol.UDP)).isFalse();
        assertThat(components.get(1))
                .isEqualTo(Multiaddr.parse("/tcp/443").components().getFirst());
        assertThat(components.get(1))
                .isNotEqualTo(Multiaddr.parse("/udp/443").components().getFirst());
    }

    @Test
    void addressesWithDifferentBytesDiffer() throws Exception {
        List<Multiaddr> addresses = Stream.of(
                        "/tcp/1", "/udp/1", "/tcp/2", "/tcp/1/ws", "/unknown/0703", "/ip4/0.0.0.1")
                .map(MultiaddrTest::parse)
                .toList();

        assertThat(addresses).doesNotHaveDuplicates();
    }

    @Test
    void anAddressSharesNoBytes() throws Exception {
        byte[] bytes = HEX.parseHex("062649");
        Multiaddr address = Multiaddr.decode(bytes);

        bytes[1] = 0;
        address.encoded()[1] = 0;
        address.components().getFirst().value()[0] = 0;

        assertThat(address).hasToString("/tcp/9801");
        assertThat(address.encoded()).isEqualTo(HEX.parseHex("062649"));
    }

    private static Multiaddr parse(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (MalformedMultiaddrException malformed) {
            throw new AssertionError(malformed);
        }
    }
}
