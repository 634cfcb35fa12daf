package proteus.adapters.libp2p.gateway;

import proteus.application.port.Carrier;

final class QuicNativeConnectionTest extends GatewayConnectionContract {

    QuicNativeConnectionTest() {
        super(Carrier.LIBP2P_QUIC, GatewayNode.NATIVE);
    }
}
