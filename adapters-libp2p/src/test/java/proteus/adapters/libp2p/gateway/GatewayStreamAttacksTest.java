package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.application.contract.FrameBytes.hex;

import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.swarm.TestHosts;
import proteus.application.contract.Dials;
import proteus.application.contract.RecordedEvents;
import proteus.application.port.Carrier;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.PeerConnection;

/** What peers may do with streams instead of shaking hands over one of them. */
@Timeout(60)
final class GatewayStreamAttacksTest {

    private static final int BAD = 66;
    private static final Duration SOON = Duration.ofSeconds(2);
    /** Time for a hundred connections on a slow machine, and no more than a test waits for anything. */
    private static final Duration LATER = Duration.ofSeconds(15);

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    private AttackedNode node(Carrier carrier) throws Exception {
        return opened(new AttackedNode(carrier));
    }

    private AttackedNode hastyNode(Carrier carrier) throws Exception {
        return opened(new AttackedNode(carrier, GatewayNode.PATIENT.withHandshakeTimeout(SOON)));
    }

    private static RecordedEvents heard(PeerConnection connection) {
        RecordedEvents events = new RecordedEvents();
        connection.open(events);
        connection.request();
        return events;
    }

    @ParameterizedTest
    @Libp2pCarriers
    void aRecordThatNeverComesEndsTheConnection(Carrier carrier) throws Exception {
        AttackedNode node = hastyNode(carrier);
        RawPeer peer = opened(RawPeer.start(node.smaller()));
        long began = System.nanoTime();
        Connection connection = peer.dial(node.endpoint());

        RawPeer.open(connection, SessionProtocol.V2).send(hex("00000a59"));

        RawPeer.awaitClosed(connection);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(SOON);
        node.assertUnharmed();
    }

    @ParameterizedTest
    @Libp2pCarriers
    void aStreamThatNeverComesEndsTheConnection(Carrier carrier) throws Exception {
        AttackedNode node = hastyNode(carrier);
        RawPeer peer = opened(RawPeer.start(node.smaller()));
        long began = System.nanoTime();

        Connection connection = peer.dial(node.endpoint());

        RawPeer.awaitClosed(connection);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(SOON);
        node.assertUnharmed();
    }

    /** neptune-core, which waits for the stream, drops whoever does not know of such streams at its deadline. */
    @ParameterizedTest
    @Libp2pCarriers
    void whoSpeaksNoGatewayProtocolAndShouldOpenIsDroppedInTime(Carrier carrier) throws Exception {
        AttackedNode node = hastyNode(carrier);
        RawPeer peer = opened(RawPeer.mute(node.smaller(), with -> with));

        assertThat(Dials.failureOf(node.transport(), peer.listen(carrier))).isInstanceOf(Cause.TimedOut.class);

        node.awaitConnections(1);
        node.assertUnharmed();
    }

    /** neptune-core, which opens the stream, drops it as soon as that is refused. */
    @ParameterizedTest
    @Libp2pCarriers
    void whoSpeaksNoGatewayProtocolIsDroppedWhereTheNodeOpens(Carrier carrier) throws Exception {
        AttackedNode node = node(carrier);
        RawPeer peer = opened(RawPeer.mute(node.greater(), with -> with));

        RawPeer.awaitClosed(peer.dial(node.endpoint()));
        assertThat(Dials.failureOf(node.transport(), peer.listen(carrier))).isInstanceOf(Cause.NotThisProtocol.class);

        node.awaitConnections(1);
        node.assertUnharmed();
    }

    /** Whatever the second one speaks: two protocols are not two sessions. */
    @ParameterizedTest
    @Libp2pCarriers
    void aNativeStreamAndAGatewayStreamEndTheConnection(Carrier carrier) throws Exception {
        AttackedNode node = node(carrier);
        Connection connection = opened(RawPeer.start(node.smaller())).dial(node.endpoint());
        RawPeer.open(connection, GatewayNode.NATIVE);

        connection.open(RawPeer.gatewayIds(), RawStream::over);

        RawPeer.awaitClosed(connection);
        node.awaitConnections(1);
        node.assertUnharmed();
    }

    @ParameterizedTest
    @Libp2pCarriers
    void twoStreamsOfOnePeerEndTheConnection(Carrier carrier) throws Exception {
        AttackedNode node = node(carrier);
        Connection connection = opened(RawPeer.start(node.smaller())).dial(node.endpoint());
        RawPeer.open(connection, SessionProtocol.V2);

        connection.open(RawPeer.gatewayIds(), RawStream::over);

        RawPeer.awaitClosed(connection);
        node.awaitConnections(1);
        node.assertUnharmed();
    }

    /** One of them ends the connection; those behind it in the same packet must not be taken for a new beginning. */
    @ParameterizedTest
    @Libp2pCarriers
    void manyStreamsAtOnceLeaveNothingBehind(Carrier carrier) throws Exception {
        AttackedNode node = node(carrier);
        Connection connection = opened(RawPeer.start(node.smaller())).dial(node.endpoint());

        for (int i = 0; i < 50; i++) {
            connection.open(List.of(SessionProtocol.V1.id()), RawStream::over);
        }

        RawPeer.awaitClosed(connection);
        node.awaitConnections(1);
        node.assertUnharmed();
    }

    @ParameterizedTest
    @Libp2pCarriers
    void aStreamOfEachSideEndsTheConnection(Carrier carrier) throws Exception {
        AttackedNode node = node(carrier);
        RawPeer peer = opened(RawPeer.start(node.greater()));
        Connection connection = peer.dial(node.endpoint());
        peer.awaitStream();

        connection.open(RawPeer.gatewayIds(), RawStream::over);

        RawPeer.awaitClosed(connection);
        node.awaitConnections(1);
        node.assertUnharmed();
    }

    @ParameterizedTest
    @Libp2pCarriers
    void aStreamBesideTheSessionEndsBoth(Carrier carrier) throws Exception {
        AttackedNode node = node(carrier);
        Connection connection = opened(RawPeer.start(node.smaller())).dial(node.endpoint());
        RawPeer.open(connection, SessionProtocol.V2).send(RawPeer.record(BAD));
        RecordedEvents session = heard(node.gate().awaitConnection());

        connection.open(RawPeer.gatewayIds(), RawStream::over);

        RawPeer.awaitClosed(connection);
        session.awaitClosed();
        node.awaitConnections(1);
        node.assertUnharmed();
    }

    @ParameterizedTest
    @Libp2pCarriers
    void aStreamBesideASessionThatTheNodeDialledEndsBoth(Carrier carrier) throws Exception {
        AttackedNode node = node(carrier);
        RawPeer peer = opened(RawPeer.start(node.greater()));
        CompletableFuture<PeerConnection> dial = Dials.elsewhere(node.transport(), peer.listen(carrier));
        RawStream stream = peer.awaitStream().send(RawPeer.record(BAD));
        RecordedEvents session = heard(dial.join());

        stream.stream().connection().open(RawPeer.gatewayIds(), RawStream::over);

        RawPeer.awaitClosed(stream.stream().connection());
        session.awaitClosed();
        node.awaitConnections(1);
        node.assertUnharmed();
    }

    /** Over a hundred connections hang, half of them with a stream that is begun and never gets a record; then they end. */
    @ParameterizedTest
    @Libp2pCarriers
    void aSessionGoesOnBesideAHundredHalfOpenConnections(Carrier carrier) throws Exception {
        AttackedNode node = opened(new AttackedNode(carrier, GatewayNode.PATIENT.withHandshakeTimeout(LATER)));
        // One peer may have three connections. All hosts stand before the time of the first connection begins to run.
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 0; i < 34; i++) {
            peers.add(opened(RawPeer.start(node.smaller())));
        }
        int halfOpen = 0;
        for (RawPeer peer : peers) {
            List<Future<Connection>> dialling = List.of(
                    peer.dialling(node.endpoint()), peer.dialling(node.endpoint()), peer.dialling(node.endpoint()));
            for (Future<Connection> dial : dialling) {
                Connection connection = TestHosts.get(dial);
                if (halfOpen++ % 2 == 0) {
                    RawPeer.open(connection, SessionProtocol.V2).send(hex("00000a59 00"));
                }
            }
        }
        node.awaitConnections(1 + halfOpen);

        for (int i = 0; i < 100; i++) {
            node.assertFriendServed();
        }

        // Most of it is what the 34 hosts of the peers hold themselves.
        node.assertUnharmed(128L << 20);
        assertThat(node.transport().gateways()).isGreaterThan(halfOpen);
        node.awaitConnections(1);
        node.assertFriendServed();
    }
}
