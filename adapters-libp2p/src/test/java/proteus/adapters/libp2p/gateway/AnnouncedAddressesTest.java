package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.swarm.TestHosts;
import proteus.domain.peer.IpAddress;

final class AnnouncedAddressesTest {

    private static final AnnouncedAddresses OF_THIS_HOST = new AnnouncedAddresses(List.of());

    private static List<Multiaddr> addresses(String... texts) {
        return Stream.of(texts).map(TestHosts::address).toList();
    }

    private static AnnouncedAddresses at(String... ips) {
        return new AnnouncedAddresses(Stream.of(ips).map(InetAddress::ofLiteral).toList());
    }

    private static List<String> texts(List<Multiaddr> addresses) {
        return addresses.stream().map(Multiaddr::toString).toList();
    }

    @Test
    void whoListensNowhereTellsNothing() {
        assertThat(OF_THIS_HOST.apply(List.of())).isEmpty();
        assertThat(at("203.0.113.7").apply(List.of())).isEmpty();
    }

    @Test
    void aCertainIpIsToldAsItIs() {
        List<Multiaddr> listening = addresses("/ip4/192.0.2.1/tcp/9801", "/ip6/2001:db8::1/udp/9800/quic-v1");

        assertThat(OF_THIS_HOST.apply(listening)).isEqualTo(listening);
    }

    @Test
    void publicIpsAreToldInstead() {
        assertThat(texts(at("203.0.113.7", "2001:db8::7")
                        .apply(addresses("/ip4/0.0.0.0/tcp/9801", "/ip4/192.0.2.1/udp/9800/quic-v1"))))
                .containsExactly(
                        "/ip4/203.0.113.7/tcp/9801",
                        "/ip6/2001:db8::7/tcp/9801",
                        "/ip4/203.0.113.7/udp/9800/quic-v1",
                        "/ip6/2001:db8::7/udp/9800/quic-v1");
    }

    @Test
    void whatTwoListenersHaveInCommonIsToldOnce() {
        assertThat(texts(at("203.0.113.7").apply(addresses("/ip4/192.0.2.1/tcp/9801", "/ip6/2001:db8::1/tcp/9801"))))
                .containsExactly("/ip4/203.0.113.7/tcp/9801");
    }

    @Test
    void noMoreIsToldThanPeersTake() {
        String[] many = IntStream.range(0, 200).mapToObj(i -> "203.0.113." + i).toArray(String[]::new);

        assertThat(at(many).apply(addresses("/ip4/0.0.0.0/tcp/9801"))).hasSize(64);
    }

    private static Stream<InetAddress> ofThisHost() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(ip -> !ip.isLinkLocalAddress());
    }

    @ParameterizedTest
    @CsvSource({
        "/ip4/0.0.0.0/tcp/9801, /tcp/9801",
        "/ip4/0.0.0.0/udp/9800/quic-v1, /udp/9800/quic-v1",
        "/ip6/::/tcp/9801, /tcp/9801",
        "/ip6/::/udp/9800/quic-v1, /udp/9800/quic-v1"
    })
    void whoListensEverywhereTellsTheInterfacesThatItListensAt(String listening, String port) throws Exception {
        boolean alsoV6 = listening.startsWith("/ip6");
        List<String> expected = ofThisHost()
                .filter(ip -> alsoV6 || !(ip instanceof Inet6Address))
                .map(ip -> (ip instanceof Inet6Address ? "/ip6/" : "/ip4/") + textOf(ip) + port)
                .toList();

        assertThat(texts(OF_THIS_HOST.apply(addresses(listening))))
                .containsExactlyInAnyOrderElementsOf(expected)
                .contains("/ip4/127.0.0.1" + port);
    }

    /** As multiaddresses write it. */
    private static String textOf(InetAddress ip) {
        return IpAddress.of(ip.getAddress()).toString();
    }
}
