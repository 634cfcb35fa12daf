package proteus.bootstrap.interop.libp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.adapters.libp2p.engine.Security;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.bootstrap.peer.Operation;
import proteus.bootstrap.peer.PeerTool;

/**
 * How often bytes go there and back from the start of a dial until one byte is back: counted, not timed.
 *
 * <p>A machine that stalls makes QUIC send again what was not answered in time, and those datagrams go back and forth too;
 * so the least of a few dials counts. Nothing can make it less than what the protocols need.
 */
class RoundTripsTest {

    private static final int DIALS = 5;

    private static final Duration ONE_WAY = Duration.ofMillis(30);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource({"NOISE, /ip4/127.0.0.1/tcp/0, 3", "TLS, /ip4/127.0.0.1/tcp/0, 3", "TLS, /ip4/127.0.0.1/udp/0/quic-v1, 3"
    })
    void aByteIsBackAfterSoManyRoundTrips(Security security, String address, int most) throws Exception {
        List<Integer> counts = new ArrayList<>();
        while (counts.size() < DIALS && counts.stream().noneMatch(count -> count <= most)) {
            counts.add(roundTrips(security, Multiaddr.parse(address)));
        }

        assertThat(counts).last(INTEGER).isLessThanOrEqualTo(most);
    }

    private static int roundTrips(Security security, Multiaddr address) throws Exception {
        try (PeerTool listener = PeerTool.start(security, Optional.empty());
                PeerTool dialler = PeerTool.start(security, Optional.empty())) {
            Multiaddr listening = listener.listen(address);
            boolean quic = listening.quicAddress().isPresent();
            InetSocketAddress target = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(),
                    listening
                            .tcpAddress()
                            .or(listening::quicAddress)
                            .orElseThrow()
                            .getPort());
            try (DelayProxy proxy = quic ? DelayProxy.udp(target, ONE_WAY) : DelayProxy.tcp(target, ONE_WAY)) {
                Multiaddr through = Multiaddr.parse(listening
                        .toString()
                        .replace(
                                "/" + target.getPort() + "/",
                                "/" + proxy.address().getPort() + "/"));

                dialler.dial(through, Operation.RTT, 1, 1, PATIENCE);

                // The handshake of TCP itself is one that the proxy does not see.
                return proxy.roundTrips() + (quic ? 0 : 1);
            }
        }
    }
}
