package proteus.adapters.libp2p.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.address;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.dial;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.get;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.DialFailedException;
import proteus.adapters.libp2p.engine.event.AcceptRefusal;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.limits.SourceAdmission;
import proteus.adapters.libp2p.engine.limits.SourceLimitSettings;
import proteus.adapters.libp2p.engine.limits.SourceLimits;
import proteus.adapters.libp2p.engine.limits.SourcePermit;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.swarm.TestHosts.TestHost;

/** What a host does with settings that it shares with others, or has from them. */
final class HostSettingsTest {

    private static final String TCP = "/ip4/127.0.0.1/tcp/0";
    private static final String QUIC = "/ip4/127.0.0.1/udp/0/quic-v1";

    private final TestHosts hosts = new TestHosts();

    @AfterEach
    void closeTheHosts() {
        hosts.close();
    }

    private static SourceLimits one() {
        return new SourceLimits(
                new SourceLimitSettings(1, 0, 0, 16, false), InstantSource.system(), new SecureRandom());
    }

    private TestHost counting(SourceLimits shared) {
        return hosts.start(with -> with.sharedSources(shared));
    }

    @ParameterizedTest
    @ValueSource(strings = {TCP, QUIC})
    void whatOneHostGivesASourceTheOtherDoesNot(String anyPort) throws Exception {
        SourceLimits shared = one();
        TestHost first = counting(shared);
        TestHost second = counting(shared);
        Multiaddr address = second.listen(anyPort);
        Connection connection = dial(hosts.start(), first.listen(anyPort));

        assertThatThrownBy(() -> dial(hosts.start(), address)).hasCauseInstanceOf(DialFailedException.class);
        assertThat(second.await(ConnectionEvent.RefusedAtAccept.class).reason()).isEqualTo(AcceptRefusal.SOURCE_LIMIT);
        get(connection.close());
        first.await(ConnectionEvent.Closed.class);

        dial(hosts.start(), address);
    }

    @Test
    void whatAnotherServerGivesASourceAHostDoesNot() throws Exception {
        SourceLimits shared = one();
        SourceAdmission elsewhere = shared.admitWhateverItHas(InetAddress.ofLiteral("127.0.0.1"));
        TestHost host = counting(shared);
        Multiaddr address = host.listen(TCP);

        assertThatThrownBy(() -> dial(hosts.start(), address)).hasCauseInstanceOf(DialFailedException.class);
        if (elsewhere instanceof SourceAdmission.Admitted(SourcePermit permit)) {
            permit.close();
        }

        dial(hosts.start(), address);
        host.await(ConnectionEvent.Established.class);
        assertThat(shared.openAddresses()).isEqualTo(1);
    }

    @Test
    void aHostThatSharesNothingCountsForItself() throws Exception {
        SourceLimitSettings one = new SourceLimitSettings(1, 0, 0, 16, false);
        TestHost first = hosts.start(with -> with.sources(one));
        TestHost second = hosts.start(with -> with.sources(one));
        dial(hosts.start(), first.listen(TCP));

        dial(hosts.start(), second.listen(TCP));

        second.await(ConnectionEvent.Established.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {TCP, QUIC})
    void peersAreToldWhatIsMadeOfTheAddresses(String anyPort) throws Exception {
        List<Multiaddr> told = List.of(address("/ip4/203.0.113.7/tcp/9801"), address("/dns4/node.example/tcp/9801"));
        TestHost listener = hosts.start(with -> with.announced(listening -> {
            assertThat(listening).hasSize(1);
            return told;
        }));
        Multiaddr address = listener.listen(anyPort);

        Connection connection = dial(hosts.start(), address);

        assertThat(get(connection.identified()).listenAddresses()).isEqualTo(told);
        assertThat(listener.host.listenAddresses()).containsExactly(address.withoutPeerId());
    }
}
