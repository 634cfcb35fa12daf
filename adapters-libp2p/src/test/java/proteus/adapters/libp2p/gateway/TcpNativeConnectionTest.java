package proteus.adapters.libp2p.gateway;

import proteus.application.port.Carrier;

final class TcpNativeConnectionTest extends GatewayConnectionContract {

    TcpNativeConnectionTest() {
        super(Carrier.LIBP2P_TCP, GatewayNode.NATIVE);
    }
}
