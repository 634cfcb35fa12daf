package proteus.adapters.libp2p.engine.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static proteus.adapters.libp2p.engine.swarm.HostContract.ECHO;
import static proteus.adapters.libp2p.engine.swarm.HostContract.echo;
import static proteus.adapters.libp2p.engine.swarm.HostContract.echoing;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.address;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.dial;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.get;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.DialFailedException;
import proteus.adapters.libp2p.engine.event.ConnectionEvent;
import proteus.adapters.libp2p.engine.multiaddr.Multiaddr;
import proteus.adapters.libp2p.engine.swarm.TestHosts.TestHost;

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
    void itCannotListenAgain(String anyPort) throws Exception {
        TestHost stopped = hosts.start();
        get(stopped.host.stopListening());

        assertThatThrownBy(() -> get(stopped.host.listen(address(anyPort)))).isInstanceOf(ExecutionException.class);

        assertThat(stopped.host.listenAddresses()).isEmpty();
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
