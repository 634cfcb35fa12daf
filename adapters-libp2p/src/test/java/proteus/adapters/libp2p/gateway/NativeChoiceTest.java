package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.application.contract.FrameBytes.frame;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.adapters.libp2p.engine.Connection;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.application.contract.Await;
import proteus.application.contract.Descriptions;
import proteus.application.contract.Dials;
import proteus.application.contract.FakeGate;
import proteus.application.contract.SideBySide;
import proteus.application.port.Carrier;
import proteus.application.port.PeerConnection;
import proteus.domain.block.BlockHeight;
import proteus.domain.peer.PeerMessage;

/** Which protocol two nodes agree on, whichever of them opens the stream. */
@Timeout(60)
final class NativeChoiceTest {

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws InterruptedException {
        SideBySide.close(open);
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    private static Stream<Arguments> pairs() {
        return Stream.of(true, false)
                .flatMap(diallerIsSmaller -> Stream.of(
                        Arguments.of(Carrier.LIBP2P_TCP, diallerIsSmaller, true, true, GatewayNode.NATIVE),
                        Arguments.of(Carrier.LIBP2P_QUIC, diallerIsSmaller, true, true, GatewayNode.NATIVE),
                        Arguments.of(Carrier.LIBP2P_TCP, diallerIsSmaller, true, false, SessionProtocol.V2),
                        Arguments.of(Carrier.LIBP2P_TCP, diallerIsSmaller, false, true, SessionProtocol.V2)));
    }

    @ParameterizedTest(name = "{0}, the dialler is the smaller one: {1}; offers: {2}, {3}")
    @MethodSource("pairs")
    void theNativeOneIsSpokenWhereBothOfferIt(
            Carrier carrier,
            boolean diallerIsSmaller,
            boolean diallerOffers,
            boolean otherOffers,
            SessionProtocol expected)
            throws Exception {
        FakeGate gate = new FakeGate(Descriptions.handshake(2));
        Identity identity = PeerIds.any();
        GatewayTransport other = opened(GatewayNode.transport(
                GatewayNode.PATIENT.withNativeSessions(otherOffers), identity, gate, InstantSource.system()));
        Identity dialling = diallerIsSmaller ? PeerIds.below(identity.peerId()) : PeerIds.above(identity.peerId());
        GatewayTransport dialler = opened(GatewayNode.transport(
                GatewayNode.PATIENT.withNativeSessions(diallerOffers),
                dialling,
                new FakeGate(Descriptions.handshake(1)),
                InstantSource.system()));

        PeerConnection near = dialler.dial(other.listen(GatewayNode.anyPort(carrier)));
        PeerConnection far = gate.awaitConnection();

        assertThat(near.layers().session()).contains(expected.id());
        assertThat(far.layers().session()).contains(expected.id());
        Await.until(
                "what the other says it speaks",
                () -> !near.layers().protocols().isEmpty());
        assertThat(near.layers().protocols().contains(GatewayNode.NATIVE.id())).isEqualTo(otherOffers);
        assertThat(near.layers().protocols()).containsAll(RawPeer.gatewayIds());
    }

    private static Stream<Arguments> roles() {
        return Stream.of(Carrier.LIBP2P_TCP, Carrier.LIBP2P_QUIC)
                .flatMap(carrier -> Stream.of(true, false)
                        .flatMap(nodeDials -> Stream.of(true, false)
                                .map(nodeIsSmaller -> Arguments.of(carrier, nodeDials, nodeIsSmaller))));
    }

    /** A neptune-core up to 0.19.0. If the node opens the stream, its own protocol and 2.0 are refused before. */
    @ParameterizedTest(name = "{0}, the node dials: {1}, the node is the smaller one: {2}")
    @MethodSource("roles")
    void theOldestIsSpokenWithWhoKnowsNoOther(Carrier carrier, boolean nodeDials, boolean nodeIsSmaller)
            throws Exception {
        FakeGate gate = new FakeGate(Descriptions.handshake(1));
        Identity identity = PeerIds.any();
        GatewayTransport node = opened(GatewayNode.transport(
                GatewayNode.PATIENT.withNativeSessions(true), identity, gate, InstantSource.system()));
        RawPeer peer = opened(RawPeer.knowing(
                SessionProtocol.V1,
                nodeIsSmaller ? PeerIds.above(identity.peerId()) : PeerIds.below(identity.peerId())));
        Connection connection;
        if (nodeDials) {
            Dials.elsewhere(node, peer.listen(carrier));
            connection = peer.awaitConnection();
        } else {
            connection = peer.dial(node.listen(GatewayNode.anyPort(carrier)));
        }

        RawStream stream = nodeIsSmaller ? peer.awaitStream() : RawPeer.open(connection, SessionProtocol.V1);
        stream.send(RawPeer.record(SessionProtocol.V1, 2));
        PeerConnection session = gate.awaitConnection();

        assertThat(stream.stream().protocol()).isEqualTo(SessionProtocol.V1.id());
        assertThat(session.layers().session()).contains(SessionProtocol.V1.id());
        assertTalksJson(stream, session);
        Await.until(
                "what the node says of itself", () -> connection.remoteInfo().isPresent());
        assertThat(connection.remoteInfo().orElseThrow().protocols())
                .contains(GatewayNode.NATIVE.id())
                .containsAll(RawPeer.gatewayIds());
        assertThat(peer.host().connections()).containsExactly(connection);
    }

    private static void assertTalksJson(RawStream stream, PeerConnection session) throws Exception {
        PeerMessage message = new PeerMessage.BlockRequestByHeight(new BlockHeight(7));
        byte[] said = frame("{\"BlockRequestByHeight\":7}".getBytes(StandardCharsets.US_ASCII));
        HeardFrames frames = HeardFrames.of(session);
        stream.send(said);
        assertThat(frames.next()).isEqualTo(message.toString());
        session.send(message);
        byte[] record = RawPeer.record(SessionProtocol.V1, 1);
        assertThat(stream.await(record.length + said.length)).startsWith(record).endsWith(said);
        assertThat(frames.faults()).isEmpty();
    }
}
