package proteus.adapters.libp2p.gateway;

import proteus.application.port.Carrier;

final class TcpGatewayTransportTest extends GatewayTransportContract {

    TcpGatewayTransportTest() {
        super(Carrier.LIBP2P_TCP, SessionProtocol.V2);
    }
}
