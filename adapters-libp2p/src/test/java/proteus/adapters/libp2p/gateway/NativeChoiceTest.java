package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.application.contract.Await;
import proteus.application.contract.Descriptions;
import proteus.application.contract.FakeGate;
import proteus.application.contract.SideBySide;
import proteus.application.port.Carrier;
import proteus.application.port.PeerConnection;

/** Which protocol two nodes agree on, whichever of them opens the stream. */
@Timeout(60)
final class NativeChoiceTest {

    private final List<GatewayTransport> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws InterruptedException {
        SideBySide.close(open);
    }

    private GatewayTransport opened(GatewayTransport one) {
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
}
