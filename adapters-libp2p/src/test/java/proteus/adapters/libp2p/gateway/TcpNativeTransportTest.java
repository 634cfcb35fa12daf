package proteus.adapters.libp2p.gateway;

import proteus.application.port.Carrier;

final class TcpNativeTransportTest extends GatewayTransportContract {

    TcpNativeTransportTest() {
        super(Carrier.LIBP2P_TCP, GatewayNode.NATIVE);
    }
}
