package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.address;
import static proteus.adapters.libp2p.engine.swarm.TestHosts.get;
import static proteus.application.contract.FrameBytes.frame;
import static proteus.application.contract.FrameBytes.hex;
import static proteus.application.contract.FrameBytes.joined;

import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.DialFailedException;
import proteus.adapters.libp2p.engine.identify.IdentifyProtocol;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.multistream.NegotiationFailedException;
import proteus.adapters.libp2p.engine.swarm.TestHosts;
import proteus.application.contract.Await;
import proteus.application.contract.Dials;
import proteus.application.port.Carrier;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.Direction;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;
import proteus.domain.peer.ConnectionRefusedReason;
import proteus.domain.peer.HandshakeVerdict;

/** Who gets a session, who opens the stream for it, and who is kept out. */
@Timeout(60)
final class GatewayAdmissionTest {

    private static final int OTHER = 66;

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

    private static byte[] ownRecord() {
        return RawPeer.record(1);
    }

    private static void assertTalks(RawStream stream, PeerConnection connection) throws Exception {
        HeardFrames frames = HeardFrames.of(connection);
        stream.send(frame(hex("0407")));
        assertThat(frames.next()).contains("BlockRequestByHeight");
    }

    private static Stream<Arguments> orders() {
        return Stream.of(Carrier.LIBP2P_TCP, Carrier.LIBP2P_QUIC)
                .flatMap(carrier -> Stream.of(Arguments.of(carrier, false), Arguments.of(carrier, true)));
    }

    /** The stream comes from the side with the smaller id, and from that side alone. */
    @ParameterizedTest(name = "{0}, the node is the smaller one: {1}")
    @MethodSource("orders")
    void theSmallerOneOpensTheStreamWhenTheNodeIsDialled(Carrier carrier, boolean nodeIsSmaller) throws Exception {
        AttackedNode node = node(carrier);
        RawPeer peer = opened(RawPeer.start(nodeIsSmaller ? node.greater() : node.smaller()));
        Connection connection = peer.dial(node.endpoint());

        RawStream stream = nodeIsSmaller ? peer.awaitStream() : RawPeer.open(connection, SessionProtocol.V2);
        stream.send(RawPeer.record(OTHER));

        assertThat(stream.await(ownRecord().length)).isEqualTo(ownRecord());
        assertTalks(stream, node.gate().awaitConnection(Direction.INBOUND));
        assertThat(peer.hasStream()).isFalse();
        node.assertUnharmed();
    }

    @ParameterizedTest(name = "{0}, the node is the smaller one: {1}")
    @MethodSource("orders")
    void theSmallerOneOpensTheStreamWhenTheNodeDials(Carrier carrier, boolean nodeIsSmaller) throws Exception {
        AttackedNode node = node(carrier);
        RawPeer peer = opened(RawPeer.start(nodeIsSmaller ? node.greater() : node.smaller()));
        CompletableFuture<PeerConnection> dial = Dials.elsewhere(node.transport(), peer.listen(carrier));

        RawStream stream =
                nodeIsSmaller ? peer.awaitStream() : RawPeer.open(peer.awaitConnection(), SessionProtocol.V2);
        stream.send(RawPeer.record(OTHER));

        assertThat(stream.await(ownRecord().length)).isEqualTo(ownRecord());
        assertTalks(stream, dial.join());
        assertThat(peer.hasStream()).isFalse();
        node.assertUnharmed();
    }

    @ParameterizedTest
    @Libp2pCarriers
    void theNodeDoesNotTalkToItself(Carrier carrier) throws Exception {
        AttackedNode node = node(carrier);
        int judged = node.gate().judged();

        assertThat(Dials.failureOf(node.transport(), node.endpoint()))
                .isInstanceOfSatisfying(
                        Cause.RefusedByUs.class,
                        refused -> assertThat(refused.why()).contains("this node itself"));

        node.awaitConnections(1);
        assertThat(node.gate().judged()).isEqualTo(judged);
        node.assertUnharmed();
    }

    /** Whoever has the node's key is not let in either. */
    @ParameterizedTest
    @Libp2pCarriers
    void whoProvesToBeTheNodeIsTurnedAway(Carrier carrier) throws Exception {
        Identity identity = PeerIds.any();
        AttackedNode node = opened(new AttackedNode(carrier, GatewayNode.PATIENT, identity));
        RawPeer impostor = opened(RawPeer.start(identity));

        assertComesToNothing(impostor.dialling(node.endpoint()));

        node.awaitConnections(1);
        node.assertUnharmed();
    }

    /** A dialler may be through before the listener has looked at who it is; then the connection ends. */
    private static void assertComesToNothing(Future<Connection> dialling) throws Exception {
        assertThat(dialling.await(TestHosts.PATIENCE.toMillis())).isTrue();
        if (dialling.isSuccess()) {
            RawPeer.awaitClosed(dialling.getNow());
        }
    }

    @ParameterizedTest
    @Libp2pCarriers
    void aSecondConnectionIsDeniedAndTheSessionLivesOn(Carrier carrier) throws Exception {
        AttackedNode node = node(carrier);
        RawPeer peer = opened(RawPeer.start(node.smaller()));
        RawStream stream = peer.shakeHands(node.endpoint(), SessionProtocol.V2, OTHER);
        HeardFrames frames = HeardFrames.of(node.gate().awaitConnection());
        PeerEndpoint listening = peer.listen(carrier);

        assertComesToNothing(peer.dialling(node.endpoint()));
        assertThat(Dials.failureOf(node.transport(), listening)).isEqualTo(new Cause.AlreadyConnected());

        stream.send(frame(hex("0407")));
        assertThat(frames.next()).contains("BlockRequestByHeight");
        node.awaitConnections(2);
        node.assertUnharmed();
    }

    /** Of connections that were there before the session, one gets it; neptune-core closes the others. */
    @ParameterizedTest
    @Libp2pCarriers
    void ofThreeConnectionsAtOnceOneGetsTheSession(Carrier carrier) throws Exception {
        AttackedNode node = node(carrier);
        RawPeer peer = opened(RawPeer.start(node.smaller()));
        List<RawStream> streams = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            streams.add(RawPeer.open(peer.dial(node.endpoint()), SessionProtocol.V2));
        }

        streams.forEach(stream -> stream.send(RawPeer.record(OTHER)));

        PeerConnection session = node.gate().awaitConnection();
        node.awaitConnections(2);
        assertThat(node.gate().connections()).isZero();
        Await.until(
                "one that is left",
                () -> streams.stream().filter(RawStream::isOpen).count() == 1);
        RawStream survivor =
                streams.stream().filter(RawStream::isOpen).findFirst().orElseThrow();
        assertTalks(survivor, session);
        node.assertUnharmed();
    }

    @ParameterizedTest
    @Libp2pCarriers
    void ofTwoDialsAtOnceOneGetsTheSession(Carrier carrier) throws Exception {
        AttackedNode node = node(carrier);
        RawPeer peer = opened(RawPeer.start(node.greater()));
        PeerEndpoint listening = peer.listen(carrier);
        List<CompletableFuture<PeerConnection>> dials =
                List.of(Dials.elsewhere(node.transport(), listening), Dials.elsewhere(node.transport(), listening));
        List<RawStream> streams = List.of(peer.awaitStream(), peer.awaitStream());

        streams.forEach(stream -> stream.send(RawPeer.record(OTHER)));

        node.gate().awaitConnection();
        List<CompletableFuture<PeerConnection>> failed =
                dials.stream().filter(dial -> isFailed(dial)).toList();
        assertThat(failed).hasSize(1);
        assertThat(Dials.failureOf(failed.getFirst())).isEqualTo(new Cause.AlreadyConnected());
        node.awaitConnections(2);
        node.assertUnharmed();
    }

    private static boolean isFailed(CompletableFuture<PeerConnection> dial) {
        return dial.handle((_, failure) -> failure != null).join();
    }

    private static Stream<Arguments> refusals() {
        byte[] json =
                "{\"ConnectionStatus\":{\"Refused\":\"MaxPeerNumberExceeded\"}}".getBytes(StandardCharsets.US_ASCII);
        return Stream.of(Carrier.LIBP2P_TCP, Carrier.LIBP2P_QUIC)
                .flatMap(carrier -> Stream.of(
                        Arguments.of(carrier, SessionProtocol.V2, hex("00000003 140003")),
                        Arguments.of(carrier, SessionProtocol.V1, frame(json))));
    }

    private static void fill(AttackedNode node) {
        node.gate().judgeEverybody(new HandshakeVerdict.Refused(new ConnectionRefusedReason.MaxPeerNumberExceeded()));
    }

    private static void assertServed(Connection connection) throws Exception {
        CompletableFuture<RawStream> asking = new CompletableFuture<>();
        get(connection.open(List.of(IdentifyProtocol.ID), stream -> asking.complete(RawStream.over(stream))));
        RawStream answer = asking.join();
        answer.sendLast();
        answer.awaitEnd();
        assertThat(new String(answer.heard(), StandardCharsets.US_ASCII)).contains("/neptune/-regtest");
        RawPeer.ping(connection, 1);
        assertThat(connection.closed().isDone()).isFalse();
    }

    /** neptune-core keeps the connection, for what else the two may want of each other. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("refusals")
    void whoFindsNoPlaceIsToldAndKeepsTheConnection(Carrier carrier, SessionProtocol protocol, byte[] refusal)
            throws Exception {
        AttackedNode node = node(carrier);
        fill(node);
        Connection connection = opened(RawPeer.start(node.smaller())).dial(node.endpoint());
        RawStream stream = RawPeer.open(connection, protocol);

        // What it goes on to say is read and dropped.
        stream.send(joined(RawPeer.record(OTHER), frame(hex("0401")), new byte[1 << 20]));

        byte[] expected = joined(ownRecord(), refusal);
        assertThat(stream.await(expected.length)).isEqualTo(expected);
        stream.awaitEnd();
        assertThat(stream.heard()).isEqualTo(expected);
        assertServed(connection);
        assertThat(node.gate().connections()).isZero();
        node.assertFriendServed();
    }

    @ParameterizedTest
    @Libp2pCarriers
    void whomTheNodeDialsWithoutAPlaceIsToldTooAndKeepsTheConnection(Carrier carrier) throws Exception {
        AttackedNode node = node(carrier);
        fill(node);
        RawPeer peer = opened(RawPeer.start(node.greater()));
        CompletableFuture<PeerConnection> dial = Dials.elsewhere(node.transport(), peer.listen(carrier));
        RawStream stream = peer.awaitStream().send(RawPeer.record(OTHER));

        assertThat(Dials.failureOf(dial)).isInstanceOf(Cause.RefusedByUs.class);

        byte[] expected = joined(ownRecord(), hex("00000003 140003"));
        assertThat(stream.await(expected.length)).isEqualTo(expected);
        stream.awaitEnd();
        assertServed(stream.stream().connection());
        node.assertFriendServed();
    }

    /** Nothing keeps it open but time: a second try over the same connection ends it. */
    @ParameterizedTest
    @Libp2pCarriers
    void whoFoundNoPlaceMayNotTryAgainOverThatConnection(Carrier carrier) throws Exception {
        AttackedNode node = node(carrier);
        fill(node);
        Connection connection = opened(RawPeer.start(node.smaller())).dial(node.endpoint());
        RawStream first = RawPeer.open(connection, SessionProtocol.V2).send(RawPeer.record(OTHER));
        first.await(ownRecord().length + 7);

        connection.open(RawPeer.gatewayIds(), RawStream::over);

        RawPeer.awaitClosed(connection);
        node.awaitConnections(1);
        node.assertFriendServed();
    }

    @ParameterizedTest
    @Libp2pCarriers
    void whoIsBannedIsRefusedBeforeAnythingElse(Carrier carrier) throws Exception {
        AttackedNode node = node(carrier);
        int asked = node.gate().asked();
        node.gate().banOutright(GatewayNode.LOOPBACK);

        Future<Connection> dialling = opened(RawPeer.start(node.smaller())).dialling(node.endpoint());

        assertThat(dialling.await(TestHosts.PATIENCE.toMillis())).isTrue();
        assertThat(dialling.isSuccess()).isFalse();
        assertThat(node.gate().asked()).isEqualTo(asked);
        assertThat(node.transport().gateways()).isEqualTo(1);
        node.assertFriendServed();
    }

    /** Who has been banned between the door and the handshake. */
    @ParameterizedTest
    @Libp2pCarriers
    void whoIsNotAdmittedIsClosedWithoutARecord(Carrier carrier) throws Exception {
        AttackedNode node = node(carrier);
        node.gate().ban(GatewayNode.LOOPBACK);
        Connection connection = opened(RawPeer.start(node.smaller())).dial(node.endpoint());

        RawPeer.awaitClosed(connection);

        assertThat(node.gate().judgements()).hasSize(1);
        node.assertFriendServed();
    }

    /** The gateway is for direct connections; this stack has no others, in either direction. */
    @Test
    void nobodyIsReachedThroughARelayNorReachesTheNodeThroughOne() throws Exception {
        AttackedNode node = node(Carrier.LIBP2P_TCP);
        RawPeer peer = opened(RawPeer.start(node.smaller()));
        String relayed = node.endpoint().toMultiaddress() + "/p2p/" + node.id() + "/p2p-circuit";

        assertThatThrownBy(() -> get(peer.host().dial(List.of(address(relayed)))))
                .hasCauseInstanceOf(DialFailedException.class)
                .hasMessageContaining("no transport");
        assertThatThrownBy(() -> get(peer.host()
                        .dial(List.of(address(relayed + "/p2p/" + PeerIds.any().peerId())))))
                .hasCauseInstanceOf(DialFailedException.class);
        assertThatThrownBy(() -> get(peer.host().listen(address(relayed))))
                .hasCauseInstanceOf(IllegalArgumentException.class);
        Connection connection = peer.dial(node.endpoint());
        for (String end : Arrays.asList("hop", "stop")) {
            // Of two protocols the remote is asked before the stream is there.
            List<String> protocols = List.of("/libp2p/circuit/relay/0.2.0/" + end, "/libp2p/circuit/relay/0.1.0");
            assertThatThrownBy(() -> get(connection.open(protocols, RawStream::over)))
                    .hasCauseInstanceOf(NegotiationFailedException.class);
        }
        assertThat(connection.closed().isDone()).isFalse();
        node.assertUnharmed();
    }
}
