package proteus.adapters.libp2p.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static proteus.adapters.libp2p.engine.swarm.HostContract.ECHO;
import static proteus.adapters.libp2p.engine.swarm.HostContract.echo;
import static proteus.adapters.libp2p.engine.swarm.HostContract.echoing;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.dial;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.get;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.DialFailedException;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.swarm.TestHosts.TestHost;
import proteus.application.contract.Await;

/** A host that accepts no more, and is still there. */
final class StopListeningTest {

    private static final String TCP = "/ip4/127.0.0.1/tcp/0";
    private static final String QUIC = "/ip4/127.0.0.1/udp/0/quic-v1";

    private final TestHosts hosts = new TestHosts();

    @AfterEach
    void closeTheHosts() {
        hosts.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {TCP, QUIC})
    void nobodyNewComesInAndWhoIsThereStays(String anyPort) throws Exception {
        TestHost stopped = echoing(hosts.start());
        Multiaddr address = stopped.listen(anyPort);
        Connection connection = dial(hosts.start(), address);

        get(stopped.host.stopListening());

        assertThatThrownBy(() -> dial(hosts.start(), address)).hasCauseInstanceOf(DialFailedException.class);
        assertThat(stopped.events(ConnectionEvent.Established.class)).hasSize(1);
        assertThat(echo(connection, List.of(ECHO), "still there")).isEqualTo("still there");
        assertThat(stopped.host.listenAddresses()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {TCP, QUIC})
    void itDialsOnAndIsAnswered(String anyPort) throws Exception {
        TestHost stopped = hosts.start();
        stopped.listen(anyPort);
        get(stopped.host.stopListening());

        Connection connection = dial(stopped, echoing(hosts.start()).listen(anyPort));

        assertThat(echo(connection, List.of(ECHO), "over and back")).isEqualTo("over and back");
    }

    @ParameterizedTest
    @ValueSource(strings = {TCP, QUIC})
    void itMayListenAgainAtTheSamePort(String anyPort) throws Exception {
        TestHost stopped = echoing(hosts.start());
        Multiaddr address = stopped.listen(anyPort).withoutPeerId();
        Connection before = dial(hosts.start(), address);
        get(stopped.host.stopListening());

        assertThat(get(stopped.host.listen(address))).isEqualTo(address);

        Connection after = dial(hosts.start(), address);
        assertThat(echo(before, List.of(ECHO), "as before")).isEqualTo("as before");
        assertThat(echo(after, List.of(ECHO), "anew")).isEqualTo("anew");
        assertThat(stopped.host.listenAddresses()).containsExactly(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {TCP, QUIC})
    void whoAsksIsToldWhereItListensNow(String anyPort) throws Exception {
        TestHost asking = hosts.start();
        Multiaddr there = asking.listen(anyPort);
        TestHost stopped = hosts.start();
        Multiaddr address = stopped.listen(anyPort).withoutPeerId();

        get(stopped.host.stopListening());
        assertThat(get(dial(stopped, there).identified())).isNotNull();
        assertThat(told(asking)).isEmpty();

        get(stopped.host.listen(address));
        Await.until("the push", () -> told(asking).contains(address));
    }

    private static List<Multiaddr> told(TestHost asking) {
        return asking.host.connections().getFirst().remoteInfo().stream()
                .flatMap(info -> info.listenAddresses().stream())
                .toList();
    }

    /** A socket of QUIC is kept for what it carries, and no longer. */
    @ParameterizedTest
    @ValueSource(strings = {TCP, QUIC})
    void thePortIsFreeWhenItCarriesNothingAnyMore(String anyPort) throws Exception {
        TestHost stopped = hosts.start();
        Multiaddr address = stopped.listen(anyPort).withoutPeerId();
        Connection connection = dial(hosts.start(), address);
        get(stopped.host.stopListening());

        get(connection.close());

        TestHost other = hosts.start();
        Await.until("the port", () -> isFree(other, address));
        assertThat(stopped.host.connections()).isEmpty();
    }

    private static boolean isFree(TestHost other, Multiaddr address) {
        return other.host.listen(address).awaitUninterruptibly().isSuccess();
    }

    @ParameterizedTest
    @ValueSource(strings = {TCP, QUIC})
    void thePortIsFreeAtOnceWhenItCarriesNothing(String anyPort) throws Exception {
        TestHost stopped = hosts.start();
        TestHost other = hosts.start();
        Multiaddr address = stopped.listen(anyPort).withoutPeerId();

        for (int i = 0; i < 50; i++) {
            get(stopped.host.stopListening());
            get(other.host.listen(address));
            get(other.host.stopListening());
            get(stopped.host.listen(address));
        }

        assertThat(stopped.host.listenAddresses()).containsExactly(address);
    }

    @Test
    void itCanBeSaidAgainAndToldToCloseAfterwards() throws Exception {
        TestHost stopped = hosts.start();
        Multiaddr tcp = stopped.listen(TCP);
        Multiaddr quic = stopped.listen(QUIC);
        Connection overTcp = dial(hosts.start(), tcp);
        Connection overQuic = dial(hosts.start(), quic);
        get(stopped.host.stopListening());
        get(stopped.host.stopListening());

        stopped.host.close();

        get(overTcp.closed());
        get(overQuic.closed());
        // The port of QUIC was kept for its connections, and is free again.
        hosts.start().listen(quic.withoutPeerId().toString());
    }
}
