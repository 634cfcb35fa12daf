package proteus.adapters.libp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import proteus.adapters.libp2p.engine.limits.DirectionLimits;
import proteus.adapters.libp2p.engine.limits.HostLimits;
import proteus.domain.network.Network;

final class GatewaySettingsTest {

    private static final GatewaySettings USUAL = GatewaySettings.of(new Network.Main(), "proteus/1", 10);

    @Test
    void theUsualOnesAreUpstreams() {
        assertThat(USUAL.handshakeTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(USUAL.idle()).isEqualTo(Duration.ofSeconds(60));
        assertThat(USUAL.agentVersion()).isEqualTo("proteus/1");
        assertThat(USUAL.publicIps()).isEmpty();
        assertThat(USUAL.limits().system().connections().inbound()).isEqualTo(24);
        assertThat(USUAL.limits().pending().connections().inbound()).isEqualTo(24);
        assertThat(USUAL.limits().peer().connections()).isEqualTo(DirectionLimits.ofTotal(3));
    }

    /** So upstream names them; text that differs in one character is another network. */
    @Test
    void identifySaysWhichNetworkItIs() {
        assertThat(USUAL.protocolVersion()).isEqualTo("/neptune/-main");
        assertThat(GatewaySettings.of(new Network.RegTest(), "x", 1).protocolVersion())
                .isEqualTo("/neptune/-regtest");
        assertThat(GatewaySettings.of(new Network.TestnetMock(), "x", 1).protocolVersion())
                .isEqualTo("/neptune/-testnet-mock");
        assertThat(GatewaySettings.of(new Network.Testnet(0), "x", 1).protocolVersion())
                .isEqualTo("/neptune/-testnet-0");
    }

    @Test
    void theProtocolOfProteusNodesIsAskedForFirst() {
        assertThat(SessionProtocols.of(USUAL).ids())
                .containsExactly(
                        "/proteus/main/session/1",
                        "/id/stream-gateway-handshake/2.0",
                        "/id/stream-gateway-handshake/1.0");
        assertThat(SessionProtocols.of(USUAL.withNativeSessions(false)).ids())
                .containsExactly("/id/stream-gateway-handshake/2.0", "/id/stream-gateway-handshake/1.0");
        assertThat(SessionProtocol.ofNetwork(new Network.Testnet(7)).id()).isEqualTo("/proteus/testnet-7/session/1");
    }

    @ParameterizedTest
    @CsvSource({"0, 4, 128", "1, 6, 128", "62, 128, 128", "100, 204, 204", "65535, 131074, 131074"})
    void connectionsAreTwiceThePlacesAndFourButNeverFewOutbound(int places, int inbound, int outbound) {
        HostLimits limits = GatewaySettings.of(new Network.Main(), "x", places).limits();

        DirectionLimits expected = new DirectionLimits(inbound, outbound, inbound + outbound);
        assertThat(limits.system().connections()).isEqualTo(expected);
        assertThat(limits.pending().connections()).isEqualTo(expected);
    }

    @Test
    void theLimitsOfAnyNumberOfPlacesAddUp() {
        DirectionLimits most = GatewaySettings.of(new Network.Main(), "x", Integer.MAX_VALUE)
                .limits()
                .system()
                .connections();

        assertThat(most.inbound()).isPositive();
        assertThat(most.total()).isEqualTo(most.inbound() + most.outbound()).isPositive();
    }

    @Test
    void oneThingIsChangedAtATime() {
        assertThat(USUAL.withHandshakeTimeout(Duration.ofSeconds(9)))
                .returns(Duration.ofSeconds(9), GatewaySettings::handshakeTimeout)
                .isEqualTo(new GatewaySettings(
                        USUAL.network(),
                        USUAL.agentVersion(),
                        List.of(),
                        10,
                        Duration.ofSeconds(9),
                        USUAL.idle(),
                        USUAL.outboundBytes(),
                        USUAL.eventLoops(),
                        true));
        assertThat(USUAL.withNativeSessions(false).nativeSessions()).isFalse();
        assertThat(USUAL.withNativeSessions(false).withNativeSessions(true)).isEqualTo(USUAL);
        assertThat(USUAL.withIdle(Duration.ZERO).withIdle(USUAL.idle())).isEqualTo(USUAL);
        assertThat(USUAL.withIdle(Duration.ZERO).idle()).isZero();
        assertThat(USUAL.withOutboundBytes(1).withOutboundBytes(USUAL.outboundBytes()))
                .isEqualTo(USUAL);
        assertThat(USUAL.withOutboundBytes(1).outboundBytes()).isEqualTo(1);
        assertThat(USUAL.withPublicIps(List.of(GatewayNode.LOOPBACK)).publicIps())
                .containsExactly(GatewayNode.LOOPBACK);
        assertThat(USUAL.withPublicIps(List.of(GatewayNode.LOOPBACK)).withPublicIps(List.of()))
                .isEqualTo(USUAL);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> GatewaySettings.of(new Network.Main(), "x", -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> USUAL.withHandshakeTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> USUAL.withIdle(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> USUAL.withOutboundBytes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GatewaySettings(
                        USUAL.network(), "x", List.of(), 1, Duration.ofSeconds(1), Duration.ZERO, 1, 0, true))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
