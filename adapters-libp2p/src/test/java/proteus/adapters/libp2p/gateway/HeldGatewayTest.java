package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static proteus.application.contract.FrameBytes.frame;
import static proteus.application.contract.FrameBytes.hex;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.application.contract.Await;
import proteus.application.contract.Descriptions;
import proteus.application.contract.Dials;
import proteus.application.contract.FakeGate;
import proteus.application.port.Carrier;
import proteus.application.port.DialFailedException.Cause;
import proteus.application.port.HeldDial;
import proteus.application.port.PeerConnection;
import proteus.application.port.PeerEndpoint;

/** What a node that holds its dial says, hears and waits for. */
@Timeout(60)
final class HeldGatewayTest {

    private static final int OTHER = 66;
    private static final Duration PATIENT = GatewayNode.PATIENT.handshakeTimeout();
    private static final Duration SHORT = Duration.ofMillis(700);

    private final FakeGate gate = new FakeGate(Descriptions.handshake(1));
    private final FakeGate into = new FakeGate(Descriptions.handshake(1));
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    /** A node and a peer that it can dial. */
    private record Pair(GatewayTransport node, RawPeer peer, boolean nodeIsSmaller, PeerEndpoint endpoint) {

        /** The stream that the two agree on. */
        RawStream stream() throws Exception {
            return nodeIsSmaller ? peer.awaitStream() : RawPeer.open(peer.awaitConnection(), SessionProtocol.V2);
        }

        void awaitTheEnd() {
            Await.until("the end of the connection", () -> node.gateways() == 0);
        }
    }

    private Pair pair(Carrier carrier, boolean nodeIsSmaller, Duration timeout) throws Exception {
        Identity identity = PeerIds.any();
        GatewayTransport node = GatewayNode.transport(
                GatewayNode.PATIENT.withHandshakeTimeout(timeout), identity, gate, InstantSource.system());
        open.add(node);
        RawPeer peer =
                RawPeer.start(nodeIsSmaller ? PeerIds.above(identity.peerId()) : PeerIds.below(identity.peerId()));
        open.add(peer);
        return new Pair(node, peer, nodeIsSmaller, peer.listen(carrier));
    }

    private CompletableFuture<HeldDial> hold(Pair pair) {
        return Dials.holding(pair.node(), pair.endpoint(), into);
    }

    private static Stream<Arguments> orders() {
        return Stream.of(Carrier.LIBP2P_TCP, Carrier.LIBP2P_QUIC)
                .flatMap(carrier -> Stream.of(Arguments.of(carrier, false), Arguments.of(carrier, true)));
    }

    /** The peer sees the stream although the node writes nothing over it. */
    @ParameterizedTest(name = "{0}, the node is the smaller one: {1}")
    @MethodSource("orders")
    void theNodeHearsAndSaysNothingUntilItIsTold(Carrier carrier, boolean nodeIsSmaller) throws Exception {
        Pair pair = pair(carrier, nodeIsSmaller, PATIENT);
        CompletableFuture<HeldDial> holding = hold(pair);
        RawStream stream = pair.stream().send(RawPeer.record(OTHER));

        HeldDial held = holding.join();

        assertThat(held.theirs()).contains(Descriptions.handshake(OTHER));
        assertThat(held.peerId()).isEqualTo(Endpoints.id(pair.peer().host().peerId()));
        RawPeer.ping(stream.stream().connection(), 2);
        assertThat(stream.heard()).isEmpty();

        PeerConnection connection = held.complete();

        byte[] own = RawPeer.record(1);
        assertThat(stream.await(own.length)).isEqualTo(own);
        HeardFrames frames = HeardFrames.of(connection);
        stream.send(frame(hex("0407")));
        assertThat(frames.next()).contains("BlockRequestByHeight");
        assertThat(into.awaitConnection()).isSameAs(connection);
        assertThat(gate.connections()).isZero();
        assertThat(gate.judged()).isZero();
    }

    @ParameterizedTest(name = "{0}, the node is the smaller one: {1}")
    @MethodSource("orders")
    void aPeerThatStaysSilentTimesOut(Carrier carrier, boolean nodeIsSmaller) throws Exception {
        Pair pair = pair(carrier, nodeIsSmaller, SHORT);

        assertThat(Dials.failureOf(hold(pair))).isInstanceOf(Cause.TimedOut.class);

        pair.awaitTheEnd();
    }

    @ParameterizedTest(name = "{0}, the node is the smaller one: {1}")
    @MethodSource("orders")
    void aDialThatIsHeldForTooLongTimesOut(Carrier carrier, boolean nodeIsSmaller) throws Exception {
        Pair pair = pair(carrier, nodeIsSmaller, SHORT);
        CompletableFuture<HeldDial> holding = hold(pair);
        pair.stream().send(RawPeer.record(OTHER));
        HeldDial held = holding.join();

        pair.awaitTheEnd();

        assertThat(Dials.failureOf(Dials.completing(held))).isInstanceOf(Cause.TimedOut.class);
        assertThat(into.connections()).isZero();
    }

    @ParameterizedTest(name = "{0}, the node is the smaller one: {1}")
    @MethodSource("orders")
    void aPeerThatClosesMeanwhileIsSaidToHave(Carrier carrier, boolean nodeIsSmaller) throws Exception {
        Pair pair = pair(carrier, nodeIsSmaller, PATIENT);
        CompletableFuture<HeldDial> holding = hold(pair);
        RawStream stream = pair.stream().send(RawPeer.record(OTHER));
        HeldDial held = holding.join();

        var _ = stream.stream().connection().close();
        pair.awaitTheEnd();

        assertThat(Dials.failureOf(Dials.completing(held))).isInstanceOf(Cause.ClosedByPeer.class);
        assertThat(into.connections()).isZero();
    }

    /** Whether the node hears the record first is not its to say. */
    @ParameterizedTest(name = "{0}, the node is the smaller one: {1}")
    @MethodSource("orders")
    void aPeerThatSaysWhoItIsAndClosesIsSaidToHave(Carrier carrier, boolean nodeIsSmaller) throws Exception {
        Pair pair = pair(carrier, nodeIsSmaller, PATIENT);
        CompletableFuture<HeldDial> holding = hold(pair);
        RawStream stream = pair.stream();

        stream.stream().channel().eventLoop().execute(() -> {
            stream.send(RawPeer.record(OTHER));
            var _ = stream.stream().connection().close();
        });

        Optional<HeldDial> held =
                holding.handle((dial, _) -> Optional.ofNullable(dial)).join();
        pair.awaitTheEnd();
        Cause cause =
                held.map(dial -> Dials.failureOf(Dials.completing(dial))).orElseGet(() -> Dials.failureOf(holding));
        assertThat(cause).isInstanceOf(Cause.ClosedByPeer.class);
        assertThat(into.connections()).isZero();
    }

    @ParameterizedTest(name = "{0}, the node is the smaller one: {1}")
    @MethodSource("orders")
    void whatIsNoRecordIsAnotherProtocol(Carrier carrier, boolean nodeIsSmaller) throws Exception {
        Pair pair = pair(carrier, nodeIsSmaller, PATIENT);
        CompletableFuture<HeldDial> holding = hold(pair);
        pair.stream().send(frame(hex("ffffffff")));

        assertThat(Dials.failureOf(holding)).isInstanceOf(Cause.NotThisProtocol.class);
    }

    /** Whatever gate the second one is for. */
    @ParameterizedTest(name = "{0}, the node is the smaller one: {1}")
    @MethodSource("orders")
    void whoHasASessionIsNotHeldASecondTime(Carrier carrier, boolean nodeIsSmaller) throws Exception {
        Pair pair = pair(carrier, nodeIsSmaller, PATIENT);
        CompletableFuture<PeerConnection> dial = Dials.elsewhere(pair.node(), pair.endpoint());
        pair.stream().send(RawPeer.record(OTHER));
        dial.join();

        assertThat(Dials.failureOf(hold(pair))).isEqualTo(new Cause.AlreadyConnected());
    }
}
