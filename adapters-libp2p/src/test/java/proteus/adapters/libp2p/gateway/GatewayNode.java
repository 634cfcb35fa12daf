package proteus.adapters.libp2p.gateway;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import proteus.adapters.libp2p.engine.identity.Identity;
import proteus.adapters.libp2p.engine.limits.SourceLimitSettings;
import proteus.application.memory.InboundBudget;
import proteus.application.port.Carrier;
import proteus.application.port.PeerEndpoint;
import proteus.application.port.PeerGate;
import proteus.domain.network.Network;
import proteus.domain.peer.IpAddress;
import proteus.domain.peer.PeerAddress;

/** How tests set the stack up: patient, on loopback, and without a quota. */
final class GatewayNode {

    static final IpAddress LOOPBACK = IpAddress.of((byte) 127, (byte) 0, (byte) 0, (byte) 1);

    static final GatewaySettings PATIENT =
            GatewaySettings.of(new Network.RegTest(), "proteus/test", 100).withHandshakeTimeout(Duration.ofSeconds(20));

    /** That of Proteus nodes, on the network of the tests. */
    static final SessionProtocol NATIVE = SessionProtocol.ofNetwork(new Network.RegTest());

    private GatewayNode() {}

    /** Settings by which two nodes agree on {@code protocol}: the native one, or the gateway's. */
    static GatewaySettings speaking(SessionProtocol protocol) {
        return PATIENT.withNativeSessions(protocol.equals(NATIVE));
    }

    static GatewayTransport transport(GatewaySettings settings, PeerGate gate, InstantSource clock) {
        return transport(settings, Identity.generate(new SecureRandom()), gate, clock);
    }

    static GatewayTransport transport(GatewaySettings settings, Identity identity, PeerGate gate, InstantSource clock) {
        return transport(settings, identity, new InboundBudget(64 << 20), gate, clock);
    }

    static GatewayTransport transport(
            GatewaySettings settings, Identity identity, InboundBudget budget, PeerGate gate, InstantSource clock) {
        EngineSourceQuota quota =
                new EngineSourceQuota(SourceLimitSettings.defaults().withLoopbackExempt(), InstantSource.system());
        return new GatewayTransport(settings, identity, budget, gate, quota, clock);
    }

    static PeerEndpoint anyPort(Carrier carrier) {
        return new PeerEndpoint(new PeerAddress(LOOPBACK, 0), carrier);
    }
}
