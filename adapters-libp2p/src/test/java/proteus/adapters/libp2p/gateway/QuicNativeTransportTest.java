package proteus.adapters.libp2p.gateway;

import proteus.application.port.Carrier;

final class QuicNativeTransportTest extends GatewayTransportContract {

    QuicNativeTransportTest() {
        super(Carrier.LIBP2P_QUIC, GatewayNode.NATIVE);
    }
}
