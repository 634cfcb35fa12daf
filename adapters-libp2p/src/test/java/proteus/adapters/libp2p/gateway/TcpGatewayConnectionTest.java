package proteus.adapters.libp2p.gateway;

import proteus.application.port.Carrier;

final class TcpGatewayConnectionTest extends GatewayConnectionContract {

    TcpGatewayConnectionTest() {
        super(Carrier.LIBP2P_TCP, SessionProtocol.V2);
    }
}
